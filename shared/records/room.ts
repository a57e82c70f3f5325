import { z } from 'zod';
import { sessionSchema } from '#shared/protocol/session.ts';
import { positionSchema } from '#shared/anchoring/anchor.ts';
import { bookSchema } from './book.ts';
import { bookIdSchema, chapterIdSchema, memberIdSchema, roomIdSchema } from './id-schemas.ts';
import { memberSchema } from './member.ts';

export const roomSchema = z.object({
  id: roomIdSchema,
  title: z.string(),
  locked: z.boolean(),
  createdAt: z.number().int(),
});
export type Room = z.infer<typeof roomSchema>;

/** Where one member stopped reading one chapter. */
export const placeSchema = z.object({
  chapter: chapterIdSchema,
  book: bookIdSchema,
  position: positionSchema,
  progress: z.number().min(0).max(1),
  seenAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type Place = z.infer<typeof placeSchema>;

/** How much a chapter's margin holds, for the shelf. */
export const chapterCountsSchema = z.object({ chapter: chapterIdSchema, notes: z.number().int() });
export type ChapterCounts = z.infer<typeof chapterCountsSchema>;

/**
 * A room as one of its members sees it: pages are rendered from it, and `room.state` brings it again on every connect.
 * `members` holds everyone who ever joined, removed ones too (their notes still carry their names). `places` are the
 * member's own.
 */
export const roomStateSchema = z.object({
  room: roomSchema,
  you: memberIdSchema,
  members: z.array(memberSchema),
  books: z.array(bookSchema),
  places: z.array(placeSchema),
  counts: z.array(chapterCountsSchema),
  session: sessionSchema.nullable(),
});
export type RoomState = z.infer<typeof roomStateSchema>;
