import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import type { Block } from '#shared/text/block.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the grapheme that holds `offset` begins, or where it ends; a border between graphemes stays as it is. */
export function snapToGrapheme(text: string, offset: number, side: 'start' | 'end'): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  // A grapheme is rarely longer than this; a search through a whole chapter-long paragraph is not needed.
  const from = Math.max(0, offset - 64);
  for (const { index, segment } of graphemes.segment(text.slice(from, offset + 64))) {
    const start = from + index;
    const end = start + segment.length;
    if (start === offset) return offset;
    if (start < offset && offset < end) return side === 'start' ? start : end;
  }
  return offset;
}

/**
 * A selection as people mean it: without the white space around it, without the empty start of the next paragraph that a
 * triple click takes along, never cutting a grapheme. Null when no words are left or a block is unknown.
 */
export function tidyPassage(blocks: readonly Block[], start: Position, end: Position): Passage | null {
  let first = blocks.findIndex(({ id }) => id === start.block);
  let last = blocks.findIndex(({ id }) => id === end.block);
  if (first < 0 || last < 0) return null;
  const textOf = (index: number): string => blocks[index]?.text ?? '';
  let from = Math.max(0, start.offset);
  while (first <= last) {
    const text = textOf(first);
    from = text.length - text.slice(snapToGrapheme(text, from, 'start')).trimStart().length;
    if (from < text.length) break;
    first += 1;
    from = 0;
  }
  let to = end.offset;
  while (last >= first) {
    const text = textOf(last);
    to = text.slice(0, snapToGrapheme(text, to, 'end')).trimEnd().length;
    if (to > 0) break;
    last -= 1;
    to = textOf(last).length;
  }
  const startBlock = blocks[first];
  const endBlock = blocks[last];
  if (startBlock === undefined || endBlock === undefined || first > last) return null;
  if (first === last && from >= to) return null;
  return { start: { block: startBlock.id, offset: from }, end: { block: endBlock.id, offset: to } };
}
