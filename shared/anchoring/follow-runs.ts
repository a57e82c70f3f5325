import { visible, type TextRun } from './align-texts.ts';
import type { Span } from './gram-index.ts';

/** What was put between two pieces of a passage may be so much longer than what was there. */
const STRETCH_FACTOR = 3;
export const STRETCH_UNITS = 400;
/** Between pieces that were moved there can be a word or two, or they are two places. */
const MOVED_STRETCH_UNITS = 60;
/** Where it can be read in two ways which words are the passage's, both must have so much in common. */
const AGREEMENT = 0.8;

/** What was moved and weighs less in UTF-8 is a phrase: it can have come back in a scene that knows nothing of the first. */
const PHRASE_BYTES = 60;
const encoder = new TextEncoder();

/** Where the words of a passage stand now. */
export interface Followed extends Span {
  /** Which share of what there was to read still stands, 0 to 1. */
  standing: number;
  moved: boolean;
  /** Whether nothing of it stands but in a phrase that was moved. */
  phraseOnly: boolean;
  /** Whether it is plain where it begins and where it ends: no piece of it stands apart there, changed words can be told. */
  settled: { start: boolean; end: boolean };
}

/** Follows passages of one text along the runs that it shares with another. Offsets are UTF-16 units. */
export class RunFollower {
  readonly #before: string;
  readonly #after: string;
  readonly #runs: readonly TextRun[];

  /** `runs` in order of the former text. */
  constructor(before: string, after: string, runs: readonly TextRun[]) {
    this.#before = before;
    this.#after = after;
    this.#runs = runs;
  }

  /** Null when nothing of the passage stands in any run. */
  follow(place: Span): Followed | null {
    const pieces = this.#piecesOf(place);
    const chain = chainOf(pieces);
    const first = chain[0];
    const last = chain.at(-1);
    if (!first || !last) return null;
    const start = this.#startOf(place, first);
    const end = this.#endOf(place, last);
    const span = { start: start.claimed, end: end.claimed };
    const widest = { start: start.widest, end: end.widest };
    for (const { b, length } of pieces) {
      const apart = Math.max(span.start - b - length, b - span.end);
      if (apart > STRETCH_UNITS) continue;
      widest.start = Math.min(widest.start, b);
      widest.end = Math.max(widest.end, b + length);
    }
    const toRead = ({ start: from, end: to }: Span): number => visible(this.#after, from, to);
    const standing = chain.reduce((sum, { a, length }) => sum + visible(this.#before, a, a + length), 0);
    return {
      ...span,
      standing: standing / visible(this.#before, place.start, place.end),
      moved: chain.some(({ moved }) => moved),
      phraseOnly: chain.every((piece) => piece.moved && this.#isPhrase(piece)),
      settled: {
        start: toRead(span) >= AGREEMENT * toRead({ ...span, start: widest.start }),
        end: toRead(span) >= AGREEMENT * toRead({ ...span, end: widest.end }),
      },
    };
  }

  #isPhrase({ a }: TextRun): boolean {
    const run = this.#runs[lastStartingBy(this.#runs, a)];
    return run !== undefined && encoder.encode(this.#before.slice(run.a, run.a + run.length)).length < PHRASE_BYTES;
  }

  #piecesOf({ start, end }: Span): TextRun[] {
    const pieces: TextRun[] = [];
    for (let index = Math.max(0, lastStartingBy(this.#runs, start)); index < this.#runs.length; index += 1) {
      const run = this.#runs[index];
      if (!run || run.a >= end) break;
      const a = Math.max(run.a, start);
      const length = Math.min(run.a + run.length, end) - a;
      if (length > 0) pieces.push({ a, b: run.b + a - run.a, length, moved: run.moved });
    }
    return pieces;
  }

  #startOf(place: Span, first: TextRun): Edge {
    const before = this.#runs[lastStartingBy(this.#runs, first.a - 1)];
    const touches = before ? before.a + before.length >= place.start : place.start === 0;
    const gap = first.b - (before ? before.b + before.length : 0);
    const { claimed, most } = inTheStead(first.a - place.start, gap, touches);
    return { claimed: first.b - claimed, widest: first.b - most };
  }

  #endOf(place: Span, last: TextRun): Edge {
    const lastEnd = last.b + last.length;
    const after = this.#runs[lastStartingBy(this.#runs, last.a) + 1];
    const touches = after ? after.a <= place.end : place.end === this.#before.length;
    const gap = (after ? after.b : this.#after.length) - lastEnd;
    const { claimed, most } = inTheStead(place.end - last.a - last.length, gap, touches);
    return { claimed: lastEnd + claimed, widest: lastEnd + most };
  }
}

/** An end of a passage: what is said, and what it could be at most. */
interface Edge {
  claimed: number;
  widest: number;
}

/**
 * How many of the `gap` new units beside a passage stand for its own `missing` ones there: surely, and at most. All, when they
 * are like them in length and `touches` says that nothing but the missing words stood there; none, when they are so many
 * that the scene was written anew.
 */
function inTheStead(missing: number, gap: number, touches: boolean): { claimed: number; most: number } {
  if (missing === 0 || gap <= 0 || gap > STRETCH_UNITS) return { claimed: 0, most: 0 };
  const most = Math.min(gap, longest(missing));
  return { claimed: touches && most === gap ? gap : 0, most };
}

/** What may stand now in the place of so many units, at most. */
const longest = (units: number): number => units * STRETCH_FACTOR + STRETCH_UNITS / 20;

/** Whether that many units can be what became of so many. */
export const isLikeLength = (now: number, before: number): boolean => now <= longest(before);

/** The index of the last run that begins at `offset` or before it; -1 when there is none. */
export function lastStartingBy(runs: readonly TextRun[], offset: number): number {
  let low = -1;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.a ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The longest piece, and the others that stand around it as they did. */
function chainOf(pieces: readonly TextRun[]): TextRun[] {
  let longestPiece = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.length > (pieces[longestPiece]?.length ?? 0)) longestPiece = index;
  }
  const chain = pieces.slice(longestPiece, longestPiece + 1);
  for (const piece of pieces.slice(longestPiece + 1)) {
    const last = chain.at(-1);
    if (last && follows(last, piece)) chain.push(piece);
  }
  for (const piece of pieces.slice(0, longestPiece).toReversed()) {
    const first = chain[0];
    if (first && follows(piece, first)) chain.unshift(piece);
  }
  return chain;
}

function follows(one: TextRun, other: TextRun): boolean {
  const now = other.b - one.b - one.length;
  const then = other.a - one.a - one.length;
  const most = one.moved || other.moved ? MOVED_STRETCH_UNITS : STRETCH_UNITS;
  return now >= 0 && now <= then * STRETCH_FACTOR + most;
}
