import { z } from 'zod';
import { blockIdSchema } from '#shared/text/block.ts';

/** A position in a chapter: UTF-16 offset inside one block. */
export const positionSchema = z.object({
  block: blockIdSchema,
  offset: z.number().int().nonnegative().max(10_000_000),
});
export type Position = z.infer<typeof positionSchema>;

/** A passage `[start, end)` in reading order, never empty. */
export const passageSchema = z.object({ start: positionSchema, end: positionSchema });
export type Passage = z.infer<typeof passageSchema>;

/**
 * Where an annotation points: a passage of the text with this hash, plus its words and 32 characters either side, so that
 * it can be found again in another revision (W3C TextQuoteSelector; Hypothesis uses the same context length).
 * The server computes hash and quote from its own copy of the text; a client sends only the passage.
 * Blocks of one passage are joined by `\n` in `exact`.
 */
export const anchorSchema = passageSchema.extend({
  hash: z.string(),
  quote: z.object({ exact: z.string(), prefix: z.string(), suffix: z.string() }),
  /**
   * The words were not surely found in the revision with this hash: passage and quote are still those of the text that
   * `hash` names. `suggestion` is a place in the revision for a person to confirm.
   */
  lost: z.object({ hash: z.string(), suggestion: passageSchema.nullable() }).optional(),
});
export type Anchor = z.infer<typeof anchorSchema>;
