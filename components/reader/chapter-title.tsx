import type { Book, Chapter } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';
import type { ReactNode } from 'react';

const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const saysChapter = /^(?:chapter|part|book|prologue|epilogue|letter)\b|^[ivxlc]+\b|^\d/iu;

/**
 * The headings that a chapter begins with, if one of them repeats its title: that one is set as the title, not twice, and a
 * part's heading above it stands above it. None when no heading says the title.
 */
export function titleBlocks({ title, blocks }: Chapter): Block[] {
  const first = blocks.findIndex(({ type }) => type !== 'heading');
  const headings = blocks.slice(0, first < 0 ? blocks.length : first);
  const at = headings.findIndex(({ text }) => sayTheSame(text, title));
  return headings.slice(0, at + 1);
}

/** Also where the contents say more than the heading: `Part One, II` over `II`, `I: A Lamp` over `A Lamp`. */
function sayTheSame(heading: string, title: string): boolean {
  const [inText, inContents] = [heading, title].map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  return inText !== '' && inContents !== undefined && (inContents === inText || inContents.endsWith(` ${inText}`));
}

/** Above the text: which chapter it is, its title, whose book it is from. */
export function ChapterTitle({ book, chapter, title }: { book: Book; chapter: Chapter; title: ReactNode }) {
  // A publication has told what its chapters are called; anything else is counted.
  const isCounted = book.chapters.length > 1 && book.about === undefined && !saysChapter.test(chapter.title);
  const number = numbers[chapter.index] ?? String(chapter.index + 1);
  return (
    <header className="chapter-head">
      {isCounted ? <span className="sc">Chapter {number}</span> : null}
      {title ?? <h1>{chapter.title}</h1>}
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
