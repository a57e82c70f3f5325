import { z } from 'zod';
import { directionSchema } from '#shared/text/direction.ts';
import { formatSchema } from './book.ts';
import { bookIdSchema, importIdSchema } from './id-schemas.ts';
import { titleSchema } from './title.ts';

/** A chapter as it was read. `begins` are its first words; `isAround`: a publisher's page around the text. */
const previewChapterSchema = z.object({
  /** What it would be called; never empty. */
  title: z.string(),
  words: z.number().int().nonnegative(),
  begins: z.string(),
  isAround: z.boolean(),
});

/** What a file turned out to be, before it stands on the shelf. */
export const importPreviewSchema = z.object({
  title: z.string(),
  author: z.string().nullable(),
  /** BCP 47, `und` where nobody can tell. */
  language: z.string(),
  direction: directionSchema,
  format: formatSchema,
  /** Whether there is a picture of its cover. */
  cover: z.boolean(),
  pictures: z.number().int().nonnegative(),
  /** Comments of its file that can become notes. */
  comments: z.number().int().nonnegative(),
  /** What stays out, a sentence each. */
  leftOut: z.array(z.string()),
  chapters: z.array(previewChapterSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/**
 * An import from the moment its file has arrived; only whoever brought it sees it. It waits its turn, is read (`progress`
 * runs from 0 to 1), is `ready` with its preview until it is put on the shelf, and is `done` when it stands there.
 */
export const importSchema = z.object({
  id: importIdSchema,
  state: z.enum(['waiting', 'reading', 'ready', 'done', 'failed']),
  progress: z.number().min(0).max(1),
  fileName: z.string().nullable(),
  preview: importPreviewSchema.nullable(),
  book: bookIdSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Import = z.infer<typeof importSchema>;

/** Places in a chapter where another could begin. `share` is how much of the chapter's text stands before it, 0 to 1. */
export const chapterPlacesSchema = z.object({
  places: z.array(
    z.object({
      block: z.number().int().positive(),
      kind: z.enum(['heading', 'after-break', 'paragraph']),
      begins: z.string(),
      share: z.number().min(0).max(1),
    }),
  ),
});
export type ChapterPlace = z.infer<typeof chapterPlacesSchema>['places'][number];

/** Chapters of one book after they were split; no publication has as many. */
const SECTIONS_MAX = 5_000;
const LANGUAGE_MAX_CHARS = 80;

/**
 * What becomes of the text from this block (by its index in the chapter as it was read) to where the next section begins:
 * a chapter of its own, a part of the chapter before it, or nothing. `title` null: as the file has it.
 */
export const planSectionSchema = z.object({
  chapter: z.number().int().nonnegative(),
  block: z.number().int().nonnegative(),
  title: titleSchema.nullable(),
  as: z.enum(['chapter', 'joined', 'left-out']),
});
export type PlanSection = z.infer<typeof planSectionSchema>;

const languageSchema = z.string().max(LANGUAGE_MAX_CHARS).refine(isLanguage, 'a language tag (BCP 47)');

/**
 * How a preview is to become a book. The sections part the whole text: one for the beginning of every chapter that was read,
 * in order, and one for every place where a chapter is split; so no plan can lose or double a word.
 */
export const importPlanSchema = z.object({
  title: titleSchema,
  author: titleSchema.nullable(),
  language: languageSchema,
  /** Comments of the file become notes of whoever brings it. */
  comments: z.boolean(),
  sections: z.array(planSectionSchema).min(1).max(SECTIONS_MAX),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** What is proposed for each chapter: all of them, but for the publisher's pages around the text. */
export function proposedFor(chapters: ImportPreview['chapters']): PlanSection['as'][] {
  const isAllAround = chapters.every(({ isAround }) => isAround);
  return chapters.map(({ isAround }) => (isAround && !isAllAround ? 'left-out' : 'chapter'));
}

/** The plan that is proposed. */
export function planOf({ title, author, language, chapters }: ImportPreview): ImportPlan {
  const sections = proposedFor(chapters).map((as, chapter): PlanSection => ({ chapter, block: 0, title: null, as }));
  return { title, author, language, comments: false, sections };
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
