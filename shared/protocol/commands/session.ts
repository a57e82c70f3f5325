import { z } from 'zod';
import { passageSchema } from '#shared/anchoring/anchor.ts';
import { HAND_NOTE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { chapterIdSchema, commandIdSchema, memberIdSchema } from '#shared/records/id-schemas.ts';

/** A host or co-host steps up to the lectern, at this passage (the sentence at their reading line). */
export const sessionStartSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('session.start'),
  chapter: chapterIdSchema,
  place: passageSchema,
});

/** Whoever holds the lectern, or the room's host, ends the session. */
export const sessionEndSchema = z.object({ id: commandIdSchema, kind: z.literal('session.end') });

/** The holder gives the lectern to another member who is a host or co-host. */
export const sessionHandOverSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('session.hand-over'),
  member: memberIdSchema,
});

/** A host or co-host takes the lectern: when it stands empty (its holder's connection dropped), or the host at any time. */
export const sessionTakeSchema = z.object({ id: commandIdSchema, kind: z.literal('session.take') });

/** The spotlight on a passage, or off (null). */
export const sessionSpotlightSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('session.spotlight'),
  passage: passageSchema.nullable(),
});

/** Brings everyone here, once: followers are taken along, others are asked. */
export const sessionSummonSchema = z.object({ id: commandIdSchema, kind: z.literal('session.summon') });

/** A hand up or down, with a word on what about. Anyone in the session may, listeners too. */
export const handRaiseSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('hand.raise'),
  raised: z.boolean(),
  note: z
    .string()
    .trim()
    .max(HAND_NOTE_MAX_CHARS)
    .transform((note) => note.toWellFormed()),
});

/** Host or co-host lowers somebody's hand: heard, or given the floor. */
export const handLowerSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('hand.lower'),
  member: memberIdSchema,
});
