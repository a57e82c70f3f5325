import { createHash } from 'node:crypto';
import { TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { bookSchema, chapterSchema } from '#shared/records/book.ts';
import type { Book, Chapter, Format } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { BookId, ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Block } from '#shared/text/block.ts';
import { countWords } from '#shared/text/words.ts';
import type { DraftBlock, DraftBook, DraftChapter } from './importer.ts';

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
 * chapter's text is immutable. Everything is checked against the record schemas once more; a failure there is a bug
 * and throws.
 */
export function makeBook(draft: DraftBook, details: BookDetails): { book: Book; chapters: Chapter[] } {
  const id = newId<BookId>();
  const { language, direction } = draft;
  const title =
    tidyTitle(draft.title) ?? onlyChapterTitle(draft) ?? tidyTitle(details.fallbackTitle) ?? 'Untitled chapter';
  const chapters = draft.chapters.map((chapter, index) => {
    const blocks = chapter.blocks.map((block, at) => withId(block, at + 1));
    const words = blocks.reduce((sum, block) => sum + countWords(block.text, language), 0);
    const entry = { id: newId<ChapterId>(), index, title: chapterTitle(chapter, index, draft, title), words };
    return chapterSchema.parse({ ...entry, hash: hashBlocks(blocks), bookId: id, language, direction, blocks });
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
    chapters: chapters.map(({ blocks, ...chapter }) => ({ ...chapter, blocks: blocks.length })),
  });
  return { book, chapters };
}

/**
 * SHA-256, in hex, of the blocks as JSON with sorted keys and without white space (the idea of RFC 8785): the same text
 * has the same hash wherever and whenever it is imported.
 */
export function hashBlocks(blocks: readonly Block[]): string {
  return createHash('sha256').update(JSON.stringify(blocks, sortedKeys)).digest('hex');
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function withId(block: DraftBlock, number: number): Block {
  return { ...block, id: `b${number}` };
}

function onlyChapterTitle({ chapters }: DraftBook): string | null {
  return chapters.length === 1 ? tidyTitle(chapters[0]?.title ?? null) : null;
}

/** A chapter without a heading: the whole book when it is alone, what stands before the first heading otherwise. */
function chapterTitle(chapter: DraftChapter, index: number, draft: DraftBook, bookTitle: string): string {
  const told = tidyTitle(chapter.title);
  if (told !== null) return told;
  if (draft.chapters.length === 1) return bookTitle;
  return index === 0 ? 'Opening' : `Chapter ${index + 1}`;
}

function tidyTitle(raw: string | null): string | null {
  // oxlint-disable-next-line no-control-regex
  const title = (raw ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u202a-\u202e\ufeff]+/gu, ' ')
    .trim();
  if (title === '') return null;
  if (title.length <= TITLE_MAX_CHARS) return title;
  return `${title
    .slice(0, TITLE_MAX_CHARS - 1)
    .toWellFormed()
    .replace('\ufffd', '')
    .trimEnd()}…`;
}
