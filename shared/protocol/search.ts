import { z } from 'zod';
import { bookIdSchema, chapterIdSchema } from '#shared/records/id-schemas.ts';
import { blockIdSchema } from '#shared/text/block.ts';
import { SEARCH_MAX_CHARS } from './limits.ts';

/**
 * Searching a book. One question, one answer: how often the words stand in each chapter, and the first places of them all in
 * reading order, each with its sentence. Case, accents and the make of quotation marks do not count (`fold.ts`).
 */
export const searchQuestionSchema = z.object({ words: z.string().min(1).max(SEARCH_MAX_CHARS) });

/** The pads of a room in which the words stand, in the order of its shelf; `lines` are the first of those that say them. */
export const padsSearchAnswerSchema = z.object({
  pads: z.array(z.object({ book: bookIdSchema, count: z.number().int().positive(), lines: z.array(z.string()) })),
  /** False when the search took too long and ended before the last pad. */
  whole: z.boolean(),
});
export type PadsSearchAnswer = z.infer<typeof padsSearchAnswerSchema>;

/** `[start, end)` in UTF-16 units of the block's text as it stands; `words` is what stands there, on one line. */
export const searchHitSchema = z.object({
  block: blockIdSchema,
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  before: z.string(),
  words: z.string(),
  after: z.string(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchAnswerSchema = z.object({
  /** Every place in the book, also those beyond `SEARCH_HITS_MAX`. */
  count: z.number().int().nonnegative(),
  /** Chapters in which the words stand. `count` is all of them there, `hits` may be fewer. */
  chapters: z.array(
    z.object({
      chapter: chapterIdSchema,
      count: z.number().int().positive(),
      hits: z.array(searchHitSchema),
    }),
  ),
  /** False when the search took too long and ended before the book did. */
  whole: z.boolean(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
