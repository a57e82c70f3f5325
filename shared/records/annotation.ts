import { z } from 'zod';
import { anchorSchema } from '#shared/anchoring/anchor.ts';
import { BODY_MAX_BYTES, EMOJI_MAX_BYTES } from '#shared/protocol/limits.ts';
import { byteLength } from '#shared/text/measure.ts';
import { colours } from './colours.ts';
import { isEmoji } from './emoji.ts';
import { annotationIdSchema, chapterIdSchema, memberIdSchema, replyIdSchema } from './id-schemas.ts';
import type { AnnotationId, ReplyId } from './ids.ts';

export const colourSchema = z.enum(colours);
export type Colour = z.infer<typeof colourSchema>;

// Nobody types them, and a store or an encoding may cut a text at one (NUL) or replace it; line breaks and tabs stay.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

/**
 * The text of a note or reply: the small Markdown of `shared/text/note-markdown.ts`, kept as written, but for control
 * characters and halves of surrogate pairs, of which no two encodings make the same.
 */
export const bodySchema = z
  .string()
  .max(BODY_MAX_BYTES)
  .transform((body) => body.toWellFormed().replace(/\r\n?/gu, '\n').replace(controls, '').trim())
  .refine((body) => byteLength(body) <= BODY_MAX_BYTES, 'too long');

export const emojiSchema = z.string().max(EMOJI_MAX_BYTES).refine(isEmoji, 'one emoji');

export const visibilitySchema = z.enum(['room', 'private']);
export type Visibility = z.infer<typeof visibilitySchema>;

/**
 * A highlight, with or without a comment; it opens a thread. `anchor` is null in the chapter-wide talk.
 * `deleted`: its author took it back; it stays, with an empty body, while replies hang on it.
 * `hidden`: a host or co-host hid it; its body is empty in everything that is sent to other members.
 * Times are epoch milliseconds.
 */
export const annotationSchema = z.object({
  id: annotationIdSchema,
  chapter: chapterIdSchema,
  author: memberIdSchema,
  colour: colourSchema,
  anchor: anchorSchema.nullable(),
  body: z.string(),
  visibility: visibilitySchema,
  createdAt: z.number().int(),
  editedAt: z.number().int().nullable(),
  deleted: z.boolean(),
  hidden: z.boolean(),
});
export type Annotation = z.infer<typeof annotationSchema>;

export const replySchema = z.object({
  id: replyIdSchema,
  annotation: annotationIdSchema,
  author: memberIdSchema,
  body: z.string(),
  createdAt: z.number().int(),
  editedAt: z.number().int().nullable(),
  deleted: z.boolean(),
  hidden: z.boolean(),
});
export type Reply = z.infer<typeof replySchema>;

/** What a reaction or a moderation command points at. */
export const targetSchema = z.union([annotationIdSchema, replyIdSchema]);
export type TargetId = z.infer<typeof targetSchema>;

/** A target as each of the kinds it may be of: only a lookup tells which, and the other one finds nothing. */
export const eitherKind = (target: TargetId): { annotation: AnnotationId; reply: ReplyId } => ({
  annotation: target as AnnotationId,
  reply: target as ReplyId,
});

/** Who reacted with what: emoji to member ids, in order of arrival. */
export const reactionsSchema = z.record(z.string(), z.array(memberIdSchema));
export type Reactions = z.infer<typeof reactionsSchema>;
