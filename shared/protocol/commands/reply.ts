import { z } from 'zod';
import { bodySchema } from '#shared/records/annotation.ts';
import { annotationIdSchema, commandIdSchema, replyIdSchema } from '#shared/records/id-schemas.ts';

/** Answers in the thread of an annotation of the room. The body is never empty. */
export const replyCreateSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('reply.create'),
  reply: replyIdSchema,
  annotation: annotationIdSchema,
  body: bodySchema,
});

export const replyEditSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('reply.edit'),
  reply: replyIdSchema,
  body: bodySchema,
});

export const replyDeleteSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('reply.delete'),
  reply: replyIdSchema,
});

/** Undo of the delete, for as long as the server keeps the words (a day). */
export const replyUndeleteSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('reply.undelete'),
  reply: replyIdSchema,
});
