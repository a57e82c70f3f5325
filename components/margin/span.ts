import { firstIndex } from '#components/reader/dom-positions.ts';
import type { Slot } from './stack.ts';

/** A run of cards by their indices, `to` not among them. */
export interface Span {
  from: number;
  to: number;
}

/** A stretch of the column, in px. */
export interface Stretch {
  top: number;
  bottom: number;
}

export const nothing: Span = { from: 0, to: 0 };

/** The cards that reach into a stretch of the column. `tops` as `stack` gives them; logarithmic time. */
export function spanWithin(slots: readonly Slot[], tops: readonly number[], { top, bottom }: Stretch): Span {
  const from = firstIndex(slots.length, (index) => (tops[index] ?? 0) + (slots[index]?.height ?? 0) > top);
  const to = firstIndex(slots.length, (index) => (tops[index] ?? 0) >= bottom);
  return { from, to: Math.max(from, to) };
}

export interface Wish {
  /** In sight or about to be: always there, however many they are. */
  seen: Span;
  /** Should be there soon; holds `seen`. */
  wanted: Span;
  /** May stay if they are there; holds `wanted`. */
  kept: Span;
  /** So many cards may come beyond `seen` at a time: each costs a rendering and its measuring. */
  step: number;
}

/** The cards to have next, from those there are now: a step nearer to what is wanted, nearest cards first. */
export function nextSpan(now: Span, { seen, wanted, kept, step }: Wish): Span {
  const stays = { from: Math.max(now.from, kept.from), to: Math.min(now.to, kept.to) };
  const touches = stays.from < stays.to && stays.from <= seen.to && stays.to >= seen.from;
  let from = touches ? Math.min(stays.from, seen.from) : seen.from;
  let to = touches ? Math.max(stays.to, seen.to) : seen.to;
  for (let left = step; left > 0; left -= 1) {
    const up = from > wanted.from ? seen.from - from : Number.POSITIVE_INFINITY;
    const down = to < wanted.to ? to - seen.to : Number.POSITIVE_INFINITY;
    if (up === Number.POSITIVE_INFINITY && down === Number.POSITIVE_INFINITY) break;
    if (down <= up) to += 1;
    else from -= 1;
  }
  return { from, to };
}

export const holds = (outer: Span, inner: Span): boolean =>
  inner.from >= inner.to || (outer.from <= inner.from && outer.to >= inner.to);

export const isSameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;
