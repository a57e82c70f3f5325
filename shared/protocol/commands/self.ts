import { z } from 'zod';
import { positionSchema } from '#shared/anchoring/anchor.ts';
import { chapterIdSchema, commandIdSchema } from '#shared/records/id-schemas.ts';
import { initialsSchema, inkSchema, nameSchema } from '#shared/records/member.ts';

/** A member changes how the room sees them. */
export const selfDescribeSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('self.describe'),
  name: nameSchema,
  initials: initialsSchema,
  ink: inkSchema,
});

/**
 * Keeps the member's place (first block in sight, and how far through the chapter, 0 to 1) and, with `seenAt`, up to when
 * they have seen what the margin says (epoch milliseconds, for 'new since your last visit'), which
 * never goes back: an earlier one leaves the later standing.
 */
export const selfPlaceSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('self.place'),
  chapter: chapterIdSchema,
  position: positionSchema,
  progress: z.number().min(0).max(1),
  seenAt: z.number().int().nonnegative(),
});
