import { BLOCKS_PER_CHAPTER_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { BLOCKS_PER_BOOK_MAX, TooManyBlocksError } from './block-writer.ts';
import { decode } from './decode.ts';
import { htmlImporter } from './html.ts';
import type { DraftBook, Importer, ImportOutcome } from './importer.ts';
import { markdownImporter } from './markdown.ts';
import { measureChapter } from './measure-chapter.ts';
import { recognise } from './recognise.ts';
import { textImporter } from './text.ts';

const importers: Record<Format, Importer> = { text: textImporter, markdown: markdownImporter, html: htmlImporter };
const hasWord = /[\p{L}\p{N}]/u;

/**
 * The whole way from bytes to a draft book, in one thread and without limits on time: `run-import.ts` runs it where it can
 * be stopped. `onProgress` gets numbers from 0 to 1.
 */
export function readBook(
  bytes: Uint8Array,
  hint: Format | null,
  onProgress: (progress: number) => void,
): ImportOutcome {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  onProgress(0.2);
  const format = recognise(decoded.text, hint);
  let book: DraftBook;
  try {
    book = importers[format].read(decoded.text);
  } catch (error) {
    if (error instanceof TooManyBlocksError) return tooManyBlocks();
    throw error;
  }
  onProgress(0.6);
  const longest = Math.max(0, ...book.chapters.map(({ blocks }) => blocks.length));
  const total = book.chapters.reduce((sum, { blocks }) => sum + blocks.length, 0);
  if (total > BLOCKS_PER_BOOK_MAX) return tooManyBlocks();
  if (longest > BLOCKS_PER_CHAPTER_MAX) {
    const most = BLOCKS_PER_CHAPTER_MAX.toLocaleString('en');
    return refuse(
      'too-long',
      `One chapter of this file has ${longest.toLocaleString('en')} paragraphs; ${most} is the most.`,
    );
  }
  const hasWords = book.chapters.some(({ blocks }) => blocks.some(({ text }) => hasWord.test(text)));
  if (!hasWords) return refuse('file-no-words');
  const chapters = book.chapters.map((chapter) => ({
    ...chapter,
    measures: measureChapter(chapter.blocks, book.language),
  }));
  return { ok: true, format, book: { ...book, chapters } };
}

function tooManyBlocks(): ImportOutcome {
  return refuse(
    'too-long',
    `This file has more than ${BLOCKS_PER_BOOK_MAX.toLocaleString('en')} paragraphs, the most a book may have.`,
  );
}
