import { z } from 'zod';
import { blockIdPattern } from './block-id.ts';
import { directionSchema } from './direction.ts';

/**
 * The text model. A chapter is a flat list of blocks; every importer builds it from an allow-list and React renders it,
 * so no HTML of a stranger ever reaches a page. Offsets everywhere are UTF-16 code units inside one block's `text`.
 * `text` is NFC, white space collapsed (not in verse and code, where `\n` separates lines). What is read past and must
 * never get into a quotation (a note's number, furigana, the number of a page) is a mark and not text.
 */

const offset = z.number().int().nonnegative();
/** What is shown beside the text and never quoted: a note's number, a printed page's. */
const label = z.string().max(80);

/** `b1`, `b2`, … in reading order; unique in a chapter, stable under the chapter's hash. */
export const blockIdSchema = z.string().regex(blockIdPattern);
export type BlockId = z.infer<typeof blockIdSchema>;

/** `n1`, `n2`, … in the order in which a chapter first refers to them; unique in a chapter. */
export const noteIdSchema = z.string().regex(/^n[1-9][0-9]{0,5}$/);
export type NoteId = z.infer<typeof noteIdSchema>;

export const markTypes = ['emphasis', 'strong', 'code', 'strike', 'superscript', 'subscript'] as const;

/**
 * An inline mark over `[start, end)`. A `noteref` and a `page` stand between two characters: `start` is `end`.
 * - `link`: to an `http`, `https` or `mailto` address and nothing else.
 * - `jump`: within the book, to a block of the chapter with this index, or to its beginning. By index, not by id, so that
 *   the same text has the same hash.
 * - `noteref`: refers to the foot- or endnote whose blocks carry this `note`.
 * - `ruby`: the reading of the characters that it stands over.
 * - `language`: words in another language than the text around them.
 * - `page`: where a page of the printed edition begins.
 */
export const markSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(markTypes), start: offset, end: offset }),
  z.object({ type: z.literal('link'), start: offset, end: offset, href: z.string().max(2_000) }),
  z.object({
    type: z.literal('jump'),
    start: offset,
    end: offset,
    chapter: z.number().int().nonnegative(),
    block: blockIdSchema.nullable(),
  }),
  z.object({ type: z.literal('noteref'), start: offset, end: offset, note: noteIdSchema, label }),
  z.object({ type: z.literal('ruby'), start: offset, end: offset, text: z.string().max(200) }),
  z.object({
    type: z.literal('language'),
    start: offset,
    end: offset,
    language: z.string().max(80),
    direction: directionSchema.optional(),
  }),
  z.object({ type: z.literal('page'), start: offset, end: offset, label }),
]);
export type Mark = z.infer<typeof markSchema>;

/** SHA-256 in hex of a picture's bytes as they stood in the book: the same book names the same pictures everywhere. */
export const pictureHashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export type PictureHash = z.infer<typeof pictureHashSchema>;

/**
 * The element that a block was read from, for the selectors of other reading systems. `href` is the document's path inside
 * the publication (decoded, from its root). `path` leads to the element: for each step the number that EPUB CFI gives it
 * (child elements count 2, 4, 6, …), from the document's root element down, with `[id]` where the element has one:
 * `/4[body]/2/6[p12]`. `itemref` leads in the same steps from the root of the package document to the document's place in
 * its spine, `/6/8[ch03]`; books that were brought in before it was kept have none. Not part of what the chapter's hash covers.
 */
export const blockSourceSchema = z.object({
  href: z.string().max(1_000),
  path: z.string().max(2_000),
  itemref: z.string().max(300).optional(),
});
export type BlockSource = z.infer<typeof blockSourceSchema>;

const shape = {
  id: blockIdSchema,
  text: z.string(),
  marks: z.array(markSchema),
  /** How many quotations deep the block stands; 0 for the running text. */
  quoteDepth: z.number().int().min(0).max(8),
  /** BCP 47, where it is another than the chapter's. */
  language: z.string().max(80).optional(),
  direction: directionSchema.optional(),
  /**
   * The block is (part of) the body of this foot- or endnote. Such blocks stand at the end of their chapter's list, and can
   * be marked like any other.
   */
  note: noteIdSchema.optional(),
  source: blockSourceSchema.optional(),
};

const span = z.number().int().min(2).max(1_000).optional();

/** A cell's text is `[start, end)` of its block's. `columns` and `rows` are how many it spans, where more than one. */
export const tableCellSchema = z.object({
  start: offset,
  end: offset,
  header: z.literal(true).optional(),
  columns: span,
  rows: span,
});
export type TableCell = z.infer<typeof tableCellSchema>;

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
  /**
   * A picture; `text` is its caption, empty without one. `picture` is null where the book's picture could not be taken
   * over; its alternative text then stands in its place. Width and height are pixels, 0 without a picture.
   */
  z.object({
    ...shape,
    type: z.literal('figure'),
    picture: pictureHashSchema.nullable(),
    alt: z.string().max(4_000),
    width: z.number().int().nonnegative(),
    height: z.number().int().nonnegative(),
  }),
  /** Cells of a row are joined by `\t` in `text`, rows by `\n`; neither stands inside a cell. */
  z.object({ ...shape, type: z.literal('table'), rows: z.array(z.array(tableCellSchema)) }),
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockType = Block['type'];
