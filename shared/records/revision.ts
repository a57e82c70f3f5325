import { z } from 'zod';
import { annotationIdSchema, chapterIdSchema, importIdSchema, memberIdSchema } from './id-schemas.ts';

/** What became of the notes of a chapter, counted. Private notes are carried like all others and counted for nobody. */
export const fateCountsSchema = z.object({
  kept: z.number().int(),
  moved: z.number().int(),
  uncertain: z.number().int(),
  orphaned: z.number().int(),
});
export type FateCounts = z.infer<typeof fateCountsSchema>;

/** A note that does not surely find its words: the quote, and the words that are suggested for it (null: none are). */
export const unsureNoteSchema = z.object({
  annotation: annotationIdSchema,
  author: memberIdSchema,
  quote: z.string(),
  suggestion: z.string().nullable(),
});
export type UnsureNote = z.infer<typeof unsureNoteSchema>;

/**
 * What publishing a text in the place of a chapter's would do. `hash` is of the new text; `changed` counts its blocks that
 * hold other words than before; `unsure` are the uncertain notes and the orphans, in reading order.
 */
export const revisionPreviewSchema = z.object({
  chapter: chapterIdSchema,
  hash: z.string(),
  words: z.number().int(),
  blocks: z.number().int(),
  changed: z.number().int(),
  fates: fateCountsSchema,
  unsure: z.array(unsureNoteSchema),
});
export type RevisionPreview = z.infer<typeof revisionPreviewSchema>;

/** A revision on its way: being read, ready to be looked at and published, or failed with a sentence. For polling. */
export const revisionDraftSchema = z.object({
  id: importIdSchema,
  state: z.enum(['reading', 'ready', 'failed']),
  progress: z.number().min(0).max(1),
  preview: revisionPreviewSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type RevisionDraft = z.infer<typeof revisionDraftSchema>;

/** Told to everybody in the room when a chapter's text was replaced. `fates` are those of the notes that all can see. */
export const chapterRevisedSchema = z.object({
  chapter: chapterIdSchema,
  hash: z.string(),
  by: memberIdSchema,
  fates: fateCountsSchema,
});
export type ChapterRevised = z.infer<typeof chapterRevisedSchema>;
