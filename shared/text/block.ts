import { z } from 'zod';

/**
 * The text model. A chapter is a flat list of blocks; every importer builds it from an allow-list and React renders it,
 * so no HTML of a stranger ever reaches a page. Offsets everywhere are UTF-16 code units inside one block's `text`.
 * `text` is NFC, white space collapsed (not in verse and code, where `\n` separates lines).
 */

const offset = z.number().int().nonnegative();

export const markTypes = ['emphasis', 'strong', 'code', 'strike', 'superscript', 'subscript'] as const;

/** An inline mark over `[start, end)`. Links carry an `http`, `https` or `mailto` address and nothing else. */
export const markSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(markTypes), start: offset, end: offset }),
  z.object({ type: z.literal('link'), start: offset, end: offset, href: z.string().max(2_000) }),
]);
export type Mark = z.infer<typeof markSchema>;

/** `b1`, `b2`, … in reading order; unique in a chapter, stable under the chapter's hash. */
export const blockIdSchema = z.string().regex(/^b[1-9][0-9]{0,5}$/);
export type BlockId = z.infer<typeof blockIdSchema>;

const shape = {
  id: blockIdSchema,
  text: z.string(),
  marks: z.array(markSchema),
  /** How many quotations deep the block stands; 0 for the running text. */
  quoteDepth: z.number().int().min(0).max(8),
};

export const blockSchema = z.discriminatedUnion('type', [
  z.object({ ...shape, type: z.literal('paragraph') }),
  z.object({ ...shape, type: z.literal('heading'), level: z.number().int().min(1).max(6) }),
  /** `ordinal` is the printed number of an ordered item, null for a bullet; `depth` 0 is the outermost list. */
  z.object({
    ...shape,
    type: z.literal('listItem'),
    ordinal: z.number().int().nullable(),
    depth: z.number().int().min(0).max(8),
  }),
  /** Lines separated by `\n`; leading spaces of a line are kept as its indent. */
  z.object({ ...shape, type: z.literal('verse') }),
  z.object({ ...shape, type: z.literal('code') }),
  /** A scene break; its text is empty and it cannot be marked. */
  z.object({ ...shape, type: z.literal('break') }),
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockType = Block['type'];
