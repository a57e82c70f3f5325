import { z } from 'zod';
import { positionSchema } from '#shared/anchoring/anchor.ts';
import { annotationIdSchema, chapterIdSchema, memberIdSchema } from '#shared/records/id-schemas.ts';

/**
 * Where a member says they are: chapter and first position in sight (both null on the shelf), how far through the chapter
 * (0 to 1), the thread they are writing in, and whether they follow the lectern. A client sends it when it changes, at
 * most four times a second; it is never stored. The server stamps who it is.
 */
export const whereaboutsSchema = z.object({
  chapter: chapterIdSchema.nullable(),
  position: positionSchema.nullable(),
  progress: z.number().min(0).max(1),
  writingIn: z.union([annotationIdSchema, z.literal('chapter')]).nullable(),
  following: z.boolean(),
});
export type Whereabouts = z.infer<typeof whereaboutsSchema>;

/** One member who is here. Several tabs of one person are one entry: the one that moved last. */
export const presentSchema = whereaboutsSchema.extend({ member: memberIdSchema });
export type Present = z.infer<typeof presentSchema>;

/**
 * Coalesced on the server to ten ticks a second: everyone who moved since the last tick, and who left. `full` starts anew
 * (the first message after a connect carries everybody).
 */
export const presenceTickSchema = z.object({
  full: z.boolean(),
  here: z.array(presentSchema),
  left: z.array(memberIdSchema),
});
export type PresenceTick = z.infer<typeof presenceTickSchema>;
