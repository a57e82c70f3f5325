import { z } from 'zod';
import { passageSchema } from '#shared/anchoring/anchor.ts';
import { bodySchema, colourSchema, visibilitySchema } from '#shared/records/annotation.ts';
import { annotationIdSchema, chapterIdSchema, commandIdSchema } from '#shared/records/id-schemas.ts';

/**
 * A highlight (empty body), a comment on a passage, a note in the chapter-wide talk (`passage` null, body not empty), or
 * a private note (`visibility: private`, sent to nobody but its author). The server stamps author, time and quote.
 */
export const annotationCreateSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('annotation.create'),
  annotation: annotationIdSchema,
  chapter: chapterIdSchema,
  passage: passageSchema.nullable(),
  /**
   * The hash of the text in which the passage was chosen: where another revision stands by now the command is refused as
   * `text-revised`, because the passage would mark other words. Without it the text as it stands is meant.
   */
  hash: z.string().max(64).optional(),
  colour: colourSchema,
  body: bodySchema,
  visibility: visibilitySchema,
});

/** Its author changes the words or the ink. An empty body leaves a bare highlight; chapter-wide notes keep some words. */
export const annotationEditSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('annotation.edit'),
  annotation: annotationIdSchema,
  body: bodySchema,
  colour: colourSchema,
});

/** Its author takes it back. While replies hang on it, it stays as 'deleted'. */
export const annotationDeleteSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('annotation.delete'),
  annotation: annotationIdSchema,
});

/** Undo of the delete, for as long as the server keeps the words (a day). */
export const annotationUndeleteSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('annotation.undelete'),
  annotation: annotationIdSchema,
});

/** Its author, the host or a co-host puts a note whose words were lost in a revision back by hand: these are its words now. */
export const annotationReattachSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('annotation.reattach'),
  annotation: annotationIdSchema,
  chapter: chapterIdSchema,
  passage: passageSchema,
  /** As in `annotation.create`. */
  hash: z.string().max(64),
});
