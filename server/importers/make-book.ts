import { TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { bookSchema } from '#shared/records/book.ts';
import type { Book, Chapter, Format } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { BookId, ChapterId, MemberId } from '#shared/records/ids.ts';
import { composeText } from './compose-text.ts';
import { measureChapter, withIds } from './measure-chapter.ts';
import type { SettledBook, SettledChapter } from './settled-book.ts';

export interface BookDetails {
  format: Format;
  addedBy: MemberId;
  /** Epoch milliseconds. */
  addedAt: number;
  /** The book's title where its text tells none: a file's name, or `Untitled chapter`. */
  fallbackTitle: string;
}

/**
 * Makes a draft into a book and its chapters: ids, `b1…bN` on the blocks, word counts, and the hash under which each
 * chapter's text is immutable. What was read in a worker is measured already, so this is quick for a whole novel.
 */
export function makeBook(draft: SettledBook, details: BookDetails): { book: Book; chapters: Chapter[] } {
  const id = newId<BookId>();
  const { language, direction } = draft;
  const titles = titlesOf(draft, details.fallbackTitle);
  const { title } = titles;
  const chapters = draft.chapters.map((chapter, index): Chapter => {
    const { words, hash } = chapter.measures ?? measureChapter(chapter.blocks, language);
    const entry = { id: newId<ChapterId>(), index, title: titles.chapters[index] ?? '', words, hash };
    return { ...entry, bookId: id, language, direction, blocks: withIds(chapter.blocks) };
  });
  const book = bookSchema.parse({
    id,
    title,
    author: tidyTitle(draft.author),
    language,
    direction,
    format: details.format,
    addedBy: details.addedBy,
    addedAt: details.addedAt,
    ...(draft.about === undefined ? {} : { about: draft.about }),
    chapters: chapters.map(({ blocks, ...chapter }) => ({ ...chapter, blocks: blocks.length })),
  });
  return { book, chapters };
}

/** What a book and its chapters are called, none of it empty. */
export function titlesOf(draft: SettledBook, fallbackTitle: string): { title: string; chapters: string[] } {
  const title = tidyTitle(draft.title) ?? onlyChapterTitle(draft) ?? tidyTitle(fallbackTitle) ?? 'Untitled chapter';
  return { title, chapters: draft.chapters.map((chapter, index) => chapterTitle(chapter, index, draft, title)) };
}

function onlyChapterTitle({ chapters }: SettledBook): string | null {
  return chapters.length === 1 ? tidyTitle(chapters[0]?.title ?? null) : null;
}

/** A chapter without a heading is the book's when it is alone or stands before the first heading, as a title page does. */
function chapterTitle(chapter: SettledChapter, index: number, draft: SettledBook, bookTitle: string): string {
  const told = tidyTitle(chapter.title);
  if (told !== null) return told;
  return index === 0 ? bookTitle : `Chapter ${index + 1}`;
}

function tidyTitle(raw: string | null): string | null {
  const { text: title } = composeText([{ text: raw ?? '', marks: [] }], 'prose');
  if (title === '') return null;
  if (title.length <= TITLE_MAX_CHARS) return title;
  return `${title
    .slice(0, TITLE_MAX_CHARS - 1)
    .toWellFormed()
    .replace('\ufffd', '')
    .trimEnd()}…`;
}
