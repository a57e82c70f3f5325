import type { Book, Chapter } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';
import type { ReactNode } from 'react';

const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const saysChapter = /^(?:chapter|part|book|prologue|epilogue|letter)\b|^[ivxlc]+\b|^\d/iu;

/** How a chapter is headed: blocks of its text that stand above its title, and the title, as one of them or as words. */
export interface ChapterHeading {
  above: readonly Block[];
  title: Block | string;
}

/**
 * The headings that a chapter begins with, if one of them repeats its title: that one is set as the title, not twice, and
 * what stands before it stands above it. Where none does, a part's heading and the number that the title begins with do.
 */
export function headingOf({ about }: Pick<Book, 'about'>, { index, title, blocks }: Chapter): ChapterHeading {
  const first = blocks.findIndex(({ type }) => type !== 'heading');
  const headings = blocks.slice(0, first < 0 ? blocks.length : first);
  const at = headings.findIndex(({ text }) => sayTheSame(text, title));
  const own = headings[at];
  if (own !== undefined) return { above: headings.slice(0, at), title: own };
  const lines = (about?.contents ?? []).filter(({ chapter, block }) => chapter === index && block === null);
  const isPart = ({ text }: Block): boolean => lines.some((line) => wordsOf(line.title) === wordsOf(text));
  const parts = headings.findIndex((heading) => !isPart(heading));
  const above = headings.slice(0, parts < 0 ? headings.length : parts);
  const number = headings[above.length];
  if (number === undefined || !bareNumber.test(number.text) || !title.startsWith(`${number.text} `))
    return { above, title };
  return { above: [...above, number], title: title.slice(number.text.length).trim() };
}

const bareNumber = /^(?:\d{1,4}|[IVXLC]{1,8})\.?$/u;

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Also where the contents say more than the heading: `Part One, II` over `II`, `I: A Lamp` over `A Lamp`. */
function sayTheSame(heading: string, title: string): boolean {
  const [inText, inContents] = [wordsOf(heading), wordsOf(title)];
  return inText !== '' && (inContents === inText || inContents.endsWith(` ${inText}`));
}

/** Above the text: which chapter it is, its title under what stands above it, whose book it is from. */
export function ChapterTitle({ book, chapter, children }: { book: Book; chapter: Chapter; children: ReactNode }) {
  // A publication has told what its chapters are called; anything else is counted.
  const isCounted =
    book.chapters.length > 1 &&
    book.about === undefined &&
    chapter.title !== book.title &&
    !saysChapter.test(chapter.title);
  // What stands before the first chapter is called as the book is, and is none.
  const index = book.chapters[0]?.title === book.title ? chapter.index - 1 : chapter.index;
  const number = numbers[index] ?? String(index + 1);
  return (
    <header className="chapter-head">
      {isCounted ? <span className="sc">Chapter {number}</span> : null}
      {children}
      <Source book={book} isNamed={chapter.title === book.title} />
    </header>
  );
}

function Source({ book, isNamed }: { book: Book; isNamed: boolean }) {
  if (isNamed && book.author === null) return null;
  return (
    <p className="by">
      {isNamed ? null : (
        <>
          from <bdi>{book.title}</bdi>
          {book.author === null ? null : ', '}
        </>
      )}
      {book.author === null ? null : (
        <>
          by <bdi>{book.author}</bdi>
        </>
      )}
    </p>
  );
}
