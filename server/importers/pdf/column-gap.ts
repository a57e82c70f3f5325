import { commonest } from './page.ts';
import type { Segment } from './page.ts';

/** Share of the lines that may span a gap between columns: titles, wide figures, feet. */
const SPANNING_SHARE_MAX = 0.2;
const LINES_A_SIDE_MIN = 5;
/** Lines of a column are at least this share of the text's width; page numbers of a contents list are not. */
const COLUMN_WIDTH_MIN = 0.2;
/** Lines of the right column that begin where the others do. */
const ALIGNED_SHARE_MIN = 0.4;

/** The white strip between two columns of text, or null where the page has one. */
export function columnGap(segments: readonly Segment[], bodySize: number): { from: number; to: number } | null {
  const left = Math.min(...segments.map(({ start }) => start));
  const right = Math.max(...segments.map(({ end }) => end));
  const width = right - left;
  let best: { from: number; to: number } | null = null;
  let from: number | null = null;
  for (let x = left + width * 0.3; x <= left + width * 0.7; x += 1) {
    const spanning = segments.filter(({ start, end }) => start < x && end > x).length;
    if (spanning > segments.length * SPANNING_SHARE_MAX) {
      from = null;
      continue;
    }
    from ??= x;
    if (best === null || x - from > best.to - best.from) best = { from, to: x };
  }
  if (best === null || best.to - best.from < bodySize * 0.6) return null;
  const middle = (best.from + best.to) / 2;
  const before = segments.filter(({ end }) => end <= middle);
  const after = segments.filter(({ start }) => start >= middle);
  const sides = [before, after];
  if (sides.some((side) => side.length < LINES_A_SIDE_MIN)) return null;
  const isWide = sides.every((side) => mean(side.map(({ start, end }) => end - start)) >= width * COLUMN_WIDTH_MIN);
  const edge = commonest(
    after.map(({ start }) => ({ value: start, weight: 1 })),
    2,
  );
  const aligned = after.filter(({ start }) => Math.abs(start - (edge ?? 0)) <= 3).length;
  return isWide && aligned >= after.length * ALIGNED_SHARE_MIN ? best : null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
