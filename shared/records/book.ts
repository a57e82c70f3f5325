import { z } from 'zod';
import { blockSchema } from '#shared/text/block.ts';
import { bookIdSchema, chapterIdSchema, importIdSchema, memberIdSchema } from './ids.ts';

export const directionSchema = z.enum(['ltr', 'rtl']);
export type Direction = z.infer<typeof directionSchema>;

/** What a file can be brought in as. A format is recognised by its content, not by its name. */
export const formats = ['text', 'markdown', 'html'] as const;
export const formatSchema = z.enum(formats);
export type Format = z.infer<typeof formatSchema>;

/** A chapter as it stands in a table of contents. `words` counts by `Intl.Segmenter`; `blocks` is the block count. */
export const chapterEntrySchema = z.object({
  id: chapterIdSchema,
  index: z.number().int().nonnegative(),
  title: z.string(),
  words: z.number().int().nonnegative(),
  blocks: z.number().int().nonnegative(),
  /** SHA-256 of the chapter's blocks in hex; the text is immutable under it. */
  hash: z.string(),
});
export type ChapterEntry = z.infer<typeof chapterEntrySchema>;

/** A book on the shelf. `language` is a BCP 47 tag, `und` where nobody can tell. Times are epoch milliseconds. */
export const bookSchema = z.object({
  id: bookIdSchema,
  title: z.string(),
  author: z.string().nullable(),
  language: z.string(),
  direction: directionSchema,
  format: formatSchema,
  addedBy: memberIdSchema,
  addedAt: z.number().int(),
  chapters: z.array(chapterEntrySchema),
});
export type Book = z.infer<typeof bookSchema>;

/** A chapter with its text. */
export const chapterSchema = chapterEntrySchema.omit({ blocks: true }).extend({
  bookId: bookIdSchema,
  language: z.string(),
  direction: directionSchema,
  blocks: z.array(blockSchema),
});
export type Chapter = z.infer<typeof chapterSchema>;

/** An import under way, for polling. `progress` runs from 0 to 1. */
export const importSchema = z.object({
  id: importIdSchema,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  progress: z.number().min(0).max(1),
  fileName: z.string().nullable(),
  book: bookIdSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Import = z.infer<typeof importSchema>;
