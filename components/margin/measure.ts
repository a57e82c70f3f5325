import type { Passage } from '#shared/anchoring/anchor.ts';
import { rangeOf } from '#components/reader/dom-positions.ts';

/** Where a passage stands in the viewport, in px: its first line's baseline and right end, and its outermost edges. */
export interface PassageBox {
  baseline: number;
  firstLineRight: number;
  top: number;
  bottom: number;
}

const ascents = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

/** How much of a face's content box is above the baseline (0.79 for Literata, 0.75 for Alegreya Sans). */
function ascentOf(element: Element): number {
  const { fontStyle, fontWeight, fontFamily } = getComputedStyle(element);
  const font = `${fontStyle} ${fontWeight} 100px ${fontFamily}`;
  const known = ascents.get(font);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return 0.78;
  pen.font = font;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText('x');
  const ascent = up / (up + down);
  if (document.fonts.status === 'loaded') ascents.set(font, ascent);
  return ascent;
}

/** Baseline of the first line of an inline element, in px of the viewport. */
export function baselineOf(element: Element): number {
  const rect = element.getClientRects()[0] ?? element.getBoundingClientRect();
  return rect.top + rect.height * ascentOf(element);
}

/** Measures a passage in the text column; null where its words are not on the page. Reads layout, writes nothing. */
export function measurePassage(text: HTMLElement, passage: Passage): PassageBox | null {
  const range = rangeOf(text, passage);
  if (range === null) return null;
  const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
  const first = rects[0];
  const run = range.startContainer.parentElement;
  if (first === undefined || run === null) return null;
  const onFirstLine = rects.filter((rect) => rect.top < first.bottom && rect.bottom > first.top);
  return {
    baseline: first.top + first.height * ascentOf(run),
    firstLineRight: Math.max(...onFirstLine.map((rect) => rect.right)),
    top: first.top,
    bottom: Math.max(...rects.map((rect) => rect.bottom)),
  };
}
