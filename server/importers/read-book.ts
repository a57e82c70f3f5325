import { BLOCKS_PER_CHAPTER_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { BLOCKS_PER_BOOK_MAX } from '#server/limits.ts';
import { decode } from './decode.ts';
import { docxImporter } from './docx/docx.ts';
import { epubImporter } from './epub.ts';
import { fb2Importer } from './fb2/fb2.ts';
import { htmlImporter } from './html.ts';
import { RefusedError } from './importer.ts';
import type { DraftBook, FileImporter, TextImporter } from './importer.ts';
import { markdownImporter } from './markdown.ts';
import { measureChapter } from './measure-chapter.ts';
import { recogniseFile } from './recognise-file.ts';
import type { FileFormat } from './recognise-file.ts';
import { recognise } from './recognise.ts';
import type { TextFormat } from './recognise.ts';
import { settleBook } from './settle-book.ts';
import type { ImportOutcome, Missing, SettledBook } from './settled-book.ts';
import { pdfImporter } from './pdf/pdf.ts';
import type { TakenPictures } from './take-pictures.ts';
import { textImporter } from './text.ts';

const fileImporters: Record<FileFormat, FileImporter> = {
  epub: epubImporter,
  docx: docxImporter,
  fb2: fb2Importer,
  pdf: pdfImporter,
};
const textImporters: Record<TextFormat, TextImporter> = {
  text: textImporter,
  markdown: markdownImporter,
  html: htmlImporter,
};
const inWords = (count: number): string => count.toLocaleString('en');
const hasWord = /[\p{L}\p{N}]/u;
/** Shares of the whole work, as the person who waits sees it. */
const READ_AT = 0.1;
const READ_AT_END = 0.5;
const SETTLE_AT = 0.8;

/**
 * The whole way from bytes to a book whose every part is in its place, in one thread and without limits on time:
 * `run-import.ts` runs it where it can be stopped. `onProgress` gets numbers from 0 to 1.
 */
export async function readBook(
  bytes: Uint8Array,
  hint: Format | null,
  onProgress: (progress: number) => void,
): Promise<ImportOutcome> {
  try {
    onProgress(READ_AT);
    const read = await readDraft(bytes, hint, (part) => onProgress(READ_AT + part * (READ_AT_END - READ_AT)));
    if (!read.ok) return read;
    const pictures = await picturesOf(read.draft, (part) => onProgress(READ_AT_END + part * (SETTLE_AT - READ_AT_END)));
    onProgress(SETTLE_AT);
    const settled = settleBook(read.draft, pictures.byName);
    const book = { ...settled, pictures: pictures.all, missing: missingFrom(read.draft, pictures, settled) };
    const fault = faultOf(book);
    if (fault !== null) return fault;
    const chapters = book.chapters.map((chapter) => ({
      ...chapter,
      measures: measureChapter(chapter.blocks, book.language),
    }));
    return { ok: true, format: read.format, book: { ...book, chapters } };
  } catch (error) {
    if (error instanceof RefusedError) return refuse(error.code, error.message === '' ? undefined : error.message);
    throw error;
  }
}

function missingFrom(draft: DraftBook, pictures: TakenPictures, settled: SettledBook): Missing {
  // Of a publisher's own pages nobody misses the emblem.
  const text = draft.chapters.filter(({ isAround }) => isAround !== true);
  const figures = text.flatMap(({ blocks }) => blocks.filter((block) => block.type === 'figure'));
  const isTaken = (name: string | null) => name !== null && pictures.byName.has(name);
  return {
    pictures: figures.filter(({ picture }) => !isTaken(picture)).length,
    comments: (draft.comments?.length ?? 0) - (settled.comments?.length ?? 0),
    unread: draft.unreadPictures ?? 0,
  };
}

/** The encoder is loaded only where there are pictures: most books have none, and it is large. */
async function picturesOf(draft: DraftBook, onProgress: (progress: number) => void): Promise<TakenPictures> {
  const { readPicture } = draft;
  const names = draft.chapters.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'figure' && block.picture !== null ? [block.picture] : [])),
  );
  const cover = draft.about?.cover ?? null;
  if (cover !== null) names.unshift(cover);
  if (readPicture === undefined || names.length === 0) return { byName: new Map(), all: [] };
  const { takePictures } = await import('./take-pictures.ts');
  return takePictures(names, readPicture, onProgress);
}

async function readDraft(
  bytes: Uint8Array,
  hint: Format | null,
  onProgress: (progress: number) => void,
): Promise<{ ok: true; format: Format; draft: DraftBook } | Refusal> {
  const format = recogniseFile(bytes);
  if (format !== null) return { ok: true, format, draft: await fileImporters[format].read(bytes, onProgress) };
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  const textFormat = recognise(decoded.text, hint);
  return { ok: true, format: textFormat, draft: textImporters[textFormat].read(decoded.text) };
}

function faultOf({ chapters }: SettledBook): Refusal | null {
  const longest = Math.max(0, ...chapters.map(({ blocks }) => blocks.length));
  const total = chapters.reduce((sum, { blocks }) => sum + blocks.length, 0);
  if (total > BLOCKS_PER_BOOK_MAX) {
    return refuse(
      'too-long',
      `This file has ${inWords(total)} paragraphs; ${inWords(BLOCKS_PER_BOOK_MAX)} is the most.`,
    );
  }
  if (longest > BLOCKS_PER_CHAPTER_MAX) {
    return refuse(
      'too-long',
      `One chapter of this file has ${inWords(longest)} paragraphs; ${inWords(BLOCKS_PER_CHAPTER_MAX)} is the most.`,
    );
  }
  return chapters.some(({ blocks }) => blocks.some(({ text }) => hasWord.test(text))) ? null : refuse('file-no-words');
}
