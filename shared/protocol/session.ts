import { z } from 'zod';
import { passageSchema } from '#shared/anchoring/anchor.ts';
import { chapterIdSchema, memberIdSchema, sessionIdSchema } from '#shared/records/id-schemas.ts';
import { cheers } from './cheers.ts';

export const handSchema = z.object({ member: memberIdSchema, note: z.string(), raisedAt: z.number().int() });
export type Hand = z.infer<typeof handSchema>;

/**
 * The live read-along of a room, whole, sent whenever any of it but the place changes (the place moves by itself in
 * `session.place`, a few times a second). `waiting`: the holder's connection dropped; the session keeps its place and a
 * co-host may take the lectern. Times are epoch milliseconds of the server.
 */
export const sessionSchema = z.object({
  id: sessionIdSchema,
  lectern: memberIdSchema,
  waiting: z.boolean(),
  startedAt: z.number().int(),
  chapter: chapterIdSchema,
  /** The sentence at the holder's reading line: what followers see, on every screen, whatever their type size. */
  place: passageSchema,
  spotlight: z.object({ chapter: chapterIdSchema, passage: passageSchema }).nullable(),
  hands: z.array(handSchema),
});
export type Session = z.infer<typeof sessionSchema>;

/** The holder's place, moving. Sent by the holder (at most 4 a second, never kept for later) and passed to everyone, stamped. */
export const sessionPlaceSchema = z.object({ chapter: chapterIdSchema, place: passageSchema });
export type SessionPlace = z.infer<typeof sessionPlaceSchema>;

/** 'Bring everyone here': once, to everyone but the sender. */
export const summonsSchema = z.object({ by: memberIdSchema, chapter: chapterIdSchema, place: passageSchema });
export type Summons = z.infer<typeof summonsSchema>;

export const cheerSchema = z.enum(cheers);
export type Cheer = z.infer<typeof cheerSchema>;

/** What a session was, shown when it ends. `minutes` is rounded up. */
export const sessionRecapSchema = z.object({
  chapter: chapterIdSchema,
  place: passageSchema,
  lectern: memberIdSchema,
  minutes: z.number().int(),
  people: z.number().int(),
  notes: z.number().int(),
});
export type SessionRecap = z.infer<typeof sessionRecapSchema>;
