import type { Book, Chapter } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';
import type { ReactNode } from 'react';

const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const saysChapter = /^(?:chapter|part|book|prologue|epilogue|letter)\b|^[ivxlc]+\b|^\d/iu;

/** The heading block that repeats the chapter's title, if the text begins with it: it is set as the title, not twice. */
export function titleBlock({ title, blocks }: Chapter): Block | null {
  const first = blocks[0];
  return first?.type === 'heading' && first.text.trim() === title.trim() ? first : null;
}

/** Above the text: which chapter it is, its title, whose book it is from. */
export function ChapterTitle({ book, chapter, title }: { book: Book; chapter: Chapter; title: ReactNode }) {
  const isWhole = book.chapters.length === 1;
  const number = numbers[chapter.index] ?? String(chapter.index + 1);
  return (
    <header className="chapter-head">
      {isWhole || saysChapter.test(chapter.title) ? null : <span className="sc">Chapter {number}</span>}
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
