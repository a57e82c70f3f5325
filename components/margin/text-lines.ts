import type { Position } from '#shared/anchoring/anchor.ts';
import type { Block } from '#shared/text/block.ts';

/** Mean characters of a line at the measure; only proportions matter here. */
const CHARS_PER_LINE = 62;
const CHARS_PER_NOTE_LINE = 42;
/** Two lines of text are as high as three of a note. */
const NOTE_LINE = 2 / 3;
const NOTE_LINES_MAX = 6;

/** About how many lines of the set text stand before a position: enough to see where notes crowd. */
export function lineOf(blocks: readonly Block[]): (position: Position) => number {
  const starts = new Map<string, number>();
  let line = 0;
  for (const block of blocks) {
    starts.set(block.id, line);
    line += Math.max(1, Math.ceil(block.text.length / CHARS_PER_LINE));
  }
  return ({ block, offset }) => (starts.get(block) ?? line) + Math.floor(offset / CHARS_PER_LINE);
}

/** About how many lines of text a closed note is high: a line for its author, its words, a line for what hangs on it. */
export function noteCost(body: string, answered: boolean): number {
  const words = Math.min(NOTE_LINES_MAX, Math.ceil(body.length / CHARS_PER_NOTE_LINE));
  return (1.7 + words + (answered ? 1 : 0)) * NOTE_LINE;
}
