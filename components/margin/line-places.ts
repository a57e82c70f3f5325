import { firstIndex } from '#components/reader/dom-positions.ts';
import type { TextLines } from './text-lines.ts';

/** Where a line of the text, counted as `lineOf` counts, was found on the page. */
export interface Knot {
  line: number;
  /** In px of the column. */
  top: number;
}

/**
 * About where a line stands, between the nearest two that were found. Exact at the knots; with none, everything stands at
 * the top. `knots` are in the order of their lines.
 */
export function topOfLine(knots: readonly Knot[], line: number): number {
  const next = firstIndex(knots.length, (index) => (knots[index]?.line ?? 0) > line);
  const before = knots[Math.max(0, next - 1)];
  const after = knots[next];
  if (before === undefined) return 0;
  if (after === undefined || after.line === before.line || line <= before.line) return before.top;
  return before.top + ((line - before.line) / (after.line - before.line)) * (after.top - before.top);
}

/**
 * Finds the boxes of the text column on the page: its title and the children of its prose, of which a long chapter has
 * a few hundred. Their own rectangles are known also where the browser skips what is in them.
 */
export function findKnots(text: HTMLElement, lines: TextLines, columnTop: number): Knot[] {
  const prose = text.querySelector('.prose');
  const boxes = [...text.querySelectorAll('h1[data-b]'), ...(prose?.children ?? [])];
  const knots: Knot[] = [];
  for (const box of boxes) {
    const block = box.matches('[data-b]') ? box : box.querySelector('[data-b]');
    const line = block === null ? undefined : lines.startOf(block.id);
    // What the book has elsewhere than the page (its notes stand under the text) is no help in between.
    if (line === undefined || line <= (knots.at(-1)?.line ?? -1)) continue;
    knots.push({ line, top: box.getBoundingClientRect().top - columnTop });
  }
  if (prose !== null) knots.push({ line: lines.end, top: prose.getBoundingClientRect().bottom - columnTop });
  return knots;
}
