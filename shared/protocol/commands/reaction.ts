import { z } from 'zod';
import { emojiSchema, targetSchema } from '#shared/records/annotation.ts';
import { commandIdSchema } from '#shared/records/id-schemas.ts';

/**
 * One member's one emoji under a note or reply, put on or taken off. It says the wanted state rather than 'flip', so that
 * a command sent twice, or from two tabs, ends where the person meant it to. Listeners may react.
 */
export const reactionToggleSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('reaction.toggle'),
  target: targetSchema,
  emoji: emojiSchema,
  on: z.boolean(),
});
