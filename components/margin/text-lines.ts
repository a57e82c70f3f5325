import type { Position } from '#shared/anchoring/anchor.ts';
import type { Block, BlockId } from '#shared/text/block.ts';

/** Mean characters of a line at the measure; only proportions matter here. */
const CHARS_PER_LINE = 62;
const CHARS_PER_NOTE_LINE = 42;
/** Two lines of text are as high as three of a note. */
const NOTE_LINE = 2 / 3;
const NOTE_LINES_MAX = 6;

/** A chapter's text by lines, counted and not laid out: enough to see where notes crowd, and about where they stand. */
export interface TextLines {
  /** About how many lines stand before a position. */
  of: (position: Position) => number;
  /** The same for the beginning of a block; undefined for one that is not in the text. */
  startOf: (block: BlockId) => number | undefined;
  /** How many there are. */
  end: number;
}

export function textLines(blocks: readonly Block[]): TextLines {
  const starts = new Map<BlockId, number>();
  let line = 0;
  for (const block of blocks) {
    starts.set(block.id, line);
    line += Math.max(1, Math.ceil(block.text.length / CHARS_PER_LINE));
  }
  const startOf = (block: BlockId) => starts.get(block);
  return {
    of: ({ block, offset }) => (startOf(block) ?? line) + Math.floor(offset / CHARS_PER_LINE),
    startOf,
    end: line,
  };
}

/** About how many lines of text a closed note is high: a line for its author, its words, a line for what hangs on it. */
export function noteCost(body: string, answered: boolean): number {
  const words = Math.min(NOTE_LINES_MAX, Math.ceil(body.length / CHARS_PER_NOTE_LINE));
  return (1.7 + words + (answered ? 1 : 0)) * NOTE_LINE;
}
