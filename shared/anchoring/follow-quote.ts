import search from 'approx-string-match';
import { alignTexts } from './align-texts.ts';
import type { Anchor } from './anchor.ts';
import { FlatText } from './flat-text.ts';
import { RunFollower, STRETCH_UNITS } from './follow-runs.ts';
import type { Span } from './gram-index.ts';

export type Quote = Anchor['quote'];

/** Context of which less stands there is another. */
const CONTEXT_MIN = 0.7;

/** Where the words of a quote stand, when some of them are others now. */
export interface FollowedQuote extends Span {
  /** How much of the quote's own words stands there, 0 to 1. */
  likeness: number;
  /** Whether it is plain where they begin and end. */
  settled: boolean;
}

/**
 * Follows a quote word by word into a text, from `near`, where most of it stands, to where what stood around it does: sentences
 * can have been taken out of it, or put into it. Null when nothing of it can be followed.
 */
export function followQuote(text: string, { exact, prefix, suffix }: Quote, near: Span): FollowedQuote | null {
  const half = Math.floor(exact.length / 2);
  const before = nearest(text, prefix, near.start - STRETCH_UNITS - prefix.length, near.start + half, near.start);
  const after = nearest(text, suffix, near.end - half, near.end + STRETCH_UNITS + suffix.length, near.end);
  const slack = Math.ceil(exact.length / 4) + prefix.length;
  const from = before?.start ?? Math.max(0, near.start - slack);
  const to = after?.end ?? Math.min(text.length, near.end + slack);
  const then = prefix + exact + suffix;
  const now = text.slice(from, to);
  const runs = alignTexts(oneBlock(then), oneBlock(now));
  const place = { start: prefix.length, end: prefix.length + exact.length };
  const followed = new RunFollower(then, now, runs).follow(place);
  if (followed === null) return null;
  const { start, end, standing, settled } = followed;
  return {
    start: from + start,
    end: from + end,
    likeness: Math.max(standing, likenessOf(exact, now.slice(start, end).trim())),
    // Where what stood on one side is gone with the words beside it, they could reach to nothing.
    settled:
      (settled.start || (before === null && after !== null)) && (settled.end || (after === null && before !== null)),
  };
}

const oneBlock = (text: string): FlatText => new FlatText([{ id: 'b1', text }]);

/** The best place of a piece of context between two offsets, and of those that are alike the nearest to `near`. */
function nearest(text: string, wanted: string, from: number, to: number, near: number): Span | null {
  if (wanted === '') return null;
  const begin = Math.max(0, from);
  const matches = search(text.slice(begin, Math.max(begin, to)), wanted, Math.floor(wanted.length * (1 - CONTEXT_MIN)));
  let best: (Span & { errors: number }) | null = null;
  for (const match of matches) {
    const found = { start: begin + match.start, end: begin + match.end, errors: match.errors };
    const isNearer = best !== null && Math.abs(found.start - near) < Math.abs(best.start - near);
    if (best === null || found.errors < best.errors || (found.errors === best.errors && isNearer)) best = found;
  }
  return best;
}

/** How alike two pieces of text are, 0 to 1: one less the edits between them, by the longer one's length. */
export function likenessOf(one: string, other: string): number {
  if (one === other) return 1;
  const longer = Math.max(one.length, other.length);
  const [match] = search(other, one, one.length);
  if (!match) return 0;
  // What stands in `other` beside the match is an edit too.
  const beside = other.length - (match.end - match.start);
  return Math.max(0, 1 - (match.errors + beside) / longer);
}
