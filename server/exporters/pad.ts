import { chapterIdSchema } from '#shared/records/id-schemas.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { ExportInput } from './exporter.ts';

export const padTitle = 'The room’s pad';

export const padAddress = ({ origin, room, book }: ExportInput): string => `${origin}/rooms/${room.id}/pad/${book.id}`;

/** Where a quotation in the pad is read, or null where it does not say. */
export function quotationAddress({ origin, room }: ExportInput, chapter: string | null, at: string | null) {
  const id = chapterIdSchema.safeParse(chapter);
  return id.success ? `${origin}/rooms/${room.id}/read/${id.data}${at === null ? '' : `#at=${at}`}` : null;
}

/** One line of the pad; `source` is where it comes from, when it is words of the book. */
export interface PadLine {
  text: string;
  source: string | null;
  link: string;
}

/** The pad line by line, without its look. */
export function padLines(input: ExportInput, blocks: readonly PadBlock[], within: Quoted | null = null): PadLine[] {
  const inside = (inner: readonly PadBlock[]) => padLines(input, inner, within);
  return blocks.flatMap((block): PadLine[] => {
    switch (block.type) {
      case 'paragraph':
      case 'heading': {
        const text = block.spans.map((span) => span.text).join('');
        return text.trim() === ''
          ? []
          : [{ text, source: within?.source ?? null, link: within?.link ?? padAddress(input) }];
      }
      case 'bullets':
      case 'numbers':
        return block.items.flatMap(inside);
      case 'tasks':
        return block.items.flatMap(({ blocks: inner }) => inside(inner));
      case 'quote':
        return inside(block.blocks);
      case 'quotation': {
        const link = quotationAddress(input, block.chapter, block.at) ?? padAddress(input);
        return padLines(input, block.blocks, { source: block.source, link });
      }
      default:
        return [];
    }
  });
}

interface Quoted {
  source: string;
  link: string;
}
