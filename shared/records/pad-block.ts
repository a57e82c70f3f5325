import { z } from 'zod';
import { chapterIdSchema } from './id-schemas.ts';
import { isPassageAddress, padMarks } from './pad-document.ts';

/**
 * What a pad says, as plain values: what is exported, searched, kept as a version and shown without an editor. It is
 * read out of the Yjs document by our own walk, which takes what it knows and drops the rest.
 */
export const padSpanSchema = z.object({
  text: z.string(),
  marks: z.array(z.enum(padMarks)),
  /** `http`, `https` or `mailto`; null for words that lead nowhere. */
  href: z.string().nullable(),
});
/** Words of one look; a line break is a span whose text is `\n`. */
export type PadSpan = z.infer<typeof padSpanSchema>;

const spans = z.array(padSpanSchema);

export type PadBlock =
  | { type: 'paragraph'; spans: PadSpan[] }
  | { type: 'heading'; level: 1 | 2 | 3; spans: PadSpan[] }
  | { type: 'bullets'; items: PadBlock[][] }
  | { type: 'numbers'; start: number; items: PadBlock[][] }
  | { type: 'tasks'; items: { done: boolean; blocks: PadBlock[] }[] }
  | { type: 'quote'; blocks: PadBlock[] }
  /** Words of the book: `source` names author, book and chapter; `chapter` and `at` lead back to them. */
  | { type: 'quotation'; source: string; chapter: string | null; at: string | null; blocks: PadBlock[] }
  | { type: 'rule' };

const blocks: z.ZodType<PadBlock[]> = z.lazy(() => z.array(padBlockSchema));
const items = z.array(blocks);

export const padBlockSchema: z.ZodType<PadBlock> = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('paragraph'), spans }),
    z.object({ type: z.literal('heading'), level: z.union([z.literal(1), z.literal(2), z.literal(3)]), spans }),
    z.object({ type: z.literal('bullets'), items }),
    z.object({ type: z.literal('numbers'), start: z.number().int(), items }),
    z.object({ type: z.literal('tasks'), items: z.array(z.object({ done: z.boolean(), blocks })) }),
    z.object({ type: z.literal('quote'), blocks }),
    z.object({
      type: z.literal('quotation'),
      source: z.string(),
      chapter: chapterIdSchema.nullable(),
      at: z.string().refine(isPassageAddress).nullable(),
      blocks,
    }),
    z.object({ type: z.literal('rule') }),
    // A name, so that descriptions of the HTTP API can refer to it: blocks stand in blocks.
  ])
  .meta({ id: 'PadBlock' });

export const padBlocksSchema = z.array(padBlockSchema);

/** The words alone, a line a block: what is searched and counted. */
export function padText(content: readonly PadBlock[]): string {
  return content.flatMap(linesOf).join('\n');
}

function linesOf(block: PadBlock): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [block.spans.map(({ text }) => text).join('')];
    case 'bullets':
    case 'numbers':
      return block.items.flatMap((item) => item.flatMap(linesOf));
    case 'tasks':
      return block.items.flatMap((item) => item.blocks.flatMap(linesOf));
    case 'quote':
      return block.blocks.flatMap(linesOf);
    case 'quotation':
      return [...block.blocks.flatMap(linesOf), block.source];
    default:
      return [];
  }
}
