import { alignSequences, type Run } from './align-sequences.ts';
import type { FlatText } from './flat-text.ts';
import { GramIndex, type Span } from './gram-index.ts';
import { Lexicon, tokensOf } from './tokens.ts';

/** Text from `a` on in the former revision is the text from `b` on in the new one; `moved` when it changed its order. */
export interface TextRun extends Run {
  moved: boolean;
}

/** Words, spaces and signs that together occur once: some eight words, or four. */
const TOKEN_SHINGLES = [16, 8];
/** A stretch that was moved is found by so many units of it; long enough to be rare. */
const MOVE_GRAM = 10;
/** What is moved weighs at least this much in UTF-8: a clause, in letters or in ideographs. Less is coincidence. */
const MOVE_MIN_BYTES = 36;
/** Of places that begin alike so many are compared; more are a refrain, and a refrain tells nothing. */
const MOVE_PLACES_MAX = 24;

/** A run that weighs so much in UTF-8 stands by itself: some words, or eight ideographs. */
const LONG_RUN_BYTES = 24;
/** Shorter ones stand where they are this much of all that stands there. */
const AGREEING_SHARE = 0.3;
const encoder = new TextEncoder();

/**
 * Where the words of one revision stand in the next, as runs in order of the former text that never overlap on either
 * side. Whole paragraphs are compared first, then the words between paragraphs that stayed, then what is left on both
 * sides for stretches that were moved.
 */
export function alignTexts(before: FlatText, after: FlatText): TextRun[] {
  const agreeing = withoutCoincidences(before.text, after.text, comparedInOrder(before, after));
  const inOrder = withoutScatter(before.text, after.text, agreeing);
  const grown = grownIntoWords(before.text, after.text, inOrder);
  const moved = movedRuns(before.text, after.text, grown);
  return [...grown.map((run) => ({ ...run, moved: false })), ...moved].sort((one, other) => one.a - other.a);
}

function comparedInOrder(before: FlatText, after: FlatText): Run[] {
  const lexicon = new Lexicon();
  const numbered = ({ blocks }: FlatText) => Int32Array.from(blocks, ({ text }) => lexicon.numberOf(text));
  const runs: Run[] = [];
  const words = new Lexicon();
  let from = { a: 0, b: 0 };
  const compareBetween = (a: number, b: number): void => {
    const left = tokensOf(words, before.text, beginOf(before, from.a), beginOf(before, a));
    const right = tokensOf(words, after.text, beginOf(after, from.b), beginOf(after, b));
    for (const run of alignSequences(left.numbers, right.numbers, TOKEN_SHINGLES)) {
      for (let index = 0; index < run.length; index += 1) {
        const start = left.begins[run.a + index] ?? 0;
        const other = right.begins[run.b + index] ?? 0;
        const length = (left.begins[run.a + index + 1] ?? 0) - start;
        // White space may differ in length.
        append(runs, { a: start, b: other, length: Math.min(length, (right.begins[run.b + index + 1] ?? 0) - other) });
      }
    }
  };
  for (const run of alignSequences(numbered(before), numbered(after), [1])) {
    compareBetween(run.a, run.b);
    const a = beginOf(before, run.a);
    const b = beginOf(after, run.b);
    from = { a: run.a + run.length, b: run.b + run.length };
    append(runs, { a, b, length: Math.min(beginOf(before, from.a) - a, beginOf(after, from.b) - b) });
  }
  compareBetween(before.blocks.length, after.blocks.length);
  return runs;
}

/** Where a block begins; for the one after the last, the end of the text. */
const beginOf = ({ begins, text }: FlatText, block: number): number => begins[block] ?? text.length;

function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.a + last.length === run.a && last.b + last.length === run.b) last.length += run.length;
  else if (run.length > 0) runs.push({ ...run });
}

/** How much there is to read in `[start, end)`. */
export function visible(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) > 0x20) count += 1;
  return count;
}

/**
 * Two texts that say different things still share words here and there. A run with less in it than was changed on either
 * side of it is taken for such a coincidence (the 'semantic cleanup' of Neil Fraser's diff-match-patch).
 */
function withoutCoincidences(before: string, after: string, runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  const changedBetween = (one: Run | undefined, other: Run | undefined): number =>
    Math.max(
      visible(before, one ? one.a + one.length : 0, other ? other.a : before.length),
      visible(after, one ? one.b + one.length : 0, other ? other.b : after.length),
    );
  for (const [index, next] of [...runs, undefined].entries()) {
    for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
      const weight = visible(before, last.a, last.a + last.length);
      const isCoincidence = weight < changedBetween(kept.at(-2), last) && weight < changedBetween(last, next);
      if (!isCoincidence) break;
      kept.pop();
    }
    if (next !== undefined && index < runs.length) kept.push(next);
  }
  return kept;
}

/**
 * Between two scenes that were written anew words agree here and there, one or two at a time. Short runs between two long ones
 * stay only where, all of them together, they make up enough of what stands there.
 */
function withoutScatter(before: string, after: string, runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  let scatter: Run[] = [];
  for (const next of [...runs, undefined]) {
    if (next && encoder.encode(before.slice(next.a, next.a + next.length)).length < LONG_RUN_BYTES) {
      scatter.push(next);
      continue;
    }
    const last = kept.at(-1);
    const agreeing = scatter.reduce((sum, { a, length }) => sum + visible(before, a, a + length), 0);
    const there = Math.max(
      visible(before, last ? last.a + last.length : 0, next ? next.a : before.length),
      visible(after, last ? last.b + last.length : 0, next ? next.b : after.length),
    );
    if (agreeing >= there * AGREEING_SHARE) kept.push(...scatter);
    if (next) kept.push(next);
    scatter = [];
  }
  return kept;
}

/** A word in which a letter changed keeps its other letters: runs grow over equal units between them. */
function grownIntoWords(before: string, after: string, runs: readonly Run[]): Run[] {
  const grown = runs.map((run) => ({ ...run }));
  for (const [index, run] of grown.entries()) {
    const next = grown[index + 1];
    const aMost = next ? next.a : before.length;
    const bMost = next ? next.b : after.length;
    let [a, b] = [run.a + run.length, run.b + run.length];
    while (a < aMost && b < bMost && before.charCodeAt(a) === after.charCodeAt(b)) [a, b] = [a + 1, b + 1];
    run.length = a - run.a;
    if (next === undefined) continue;
    while (next.a > a && next.b > b && before.charCodeAt(next.a - 1) === after.charCodeAt(next.b - 1)) {
      next.a -= 1;
      next.b -= 1;
      next.length += 1;
    }
  }
  return grown;
}

/** What is covered by none of the spans, which are sorted. */
export function spansBetween(length: number, spans: readonly Span[]): Span[] {
  const free: Span[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    if (start > from) free.push({ start: from, end: start });
    from = Math.max(from, end);
  }
  if (length > from) free.push({ start: from, end: length });
  return free;
}

/** The spans of the new text that runs have taken, in its order. */
export const takenIn = (runs: readonly Run[]): Span[] =>
  runs.map(({ b, length }) => ({ start: b, end: b + length })).sort((one, other) => one.start - other.start);

function movedRuns(before: string, after: string, inOrder: readonly Run[]): TextRun[] {
  const left = spansBetween(
    before.length,
    inOrder.map(({ a, length }) => ({ start: a, end: a + length })),
  ).filter(({ start, end }) => end - start >= MOVE_GRAM);
  const right = spansBetween(after.length, takenIn(inOrder)).filter(({ start, end }) => end - start >= MOVE_GRAM);
  if (left.length === 0 || right.length === 0) return [];
  const index = new GramIndex(after, right, MOVE_GRAM);
  const taken = new Uint8Array(after.length);
  for (const { b, length } of inOrder) taken.fill(1, b, b + length);
  const runs: TextRun[] = [];
  for (const span of left) {
    let from = span.start;
    for (let at = span.start; at + MOVE_GRAM <= span.end;) {
      const run = longestAt(at, { start: from, end: span.end });
      if (run === null) at += 1;
      else {
        runs.push({ ...run, moved: true });
        taken.fill(1, run.b, run.b + run.length);
        from = run.a + run.length;
        at = from;
      }
    }
  }
  return runs;

  /** The longest stretch around `at` that stands in a free place of the new text, unless two places have it alike. */
  function longestAt(at: number, { start, end }: Span): Run | null {
    let best: Run | null = null;
    let alike = false;
    for (const place of index.positionsOf(before, at, MOVE_PLACES_MAX)) {
      if (best && place - at === best.b - best.a) continue;
      let [a, b] = [at, place];
      while (a > start && b > 0 && taken[b - 1] === 0 && before.charCodeAt(a - 1) === after.charCodeAt(b - 1)) {
        [a, b] = [a - 1, b - 1];
      }
      let [aEnd, bEnd] = [at, place];
      while (aEnd < end && taken[bEnd] === 0 && before.charCodeAt(aEnd) === after.charCodeAt(bEnd)) {
        [aEnd, bEnd] = [aEnd + 1, bEnd + 1];
      }
      const length = aEnd - a;
      if (best !== null && length === best.length) alike = true;
      if (best !== null && length <= best.length) continue;
      best = { a, b, length };
      alike = false;
    }
    if (best === null || alike) return null;
    return encoder.encode(before.slice(best.a, best.a + best.length)).length >= MOVE_MIN_BYTES ? best : null;
  }
}
