import { PASSAGE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { alignTexts, spansBetween, takenIn, visible, type TextRun } from './align-texts.ts';
import type { Anchor, Passage, Position } from './anchor.ts';
import { QuoteFinder, likenessOf, type Found, type Quote } from './find-quote.ts';
import { FlatText, type TextBlock } from './flat-text.ts';
import type { Span } from './gram-index.ts';
import type { BlockId } from '#shared/text/block.ts';
import { isGraphemeBoundary } from '#shared/text/graphemes.ts';

/**
 * What became of an anchor in a new revision of its text. `kept`: the same words, where the text around them led. `moved`:
 * surely found, in another place or with words changed. `uncertain`: `passage` is a suggestion for a person to confirm.
 * `orphaned`: nothing like it is there. `confidence` is from 0 to 1.
 */
export type Carried =
  | { fate: 'kept' | 'moved' | 'uncertain'; passage: Passage; confidence: number }
  | { fate: 'orphaned'; passage: null; confidence: 0 };

export type Fate = Carried['fate'];

/** Below it a place is a suggestion. */
const FLOOR = 0.72;
/** What was changed in place keeps its note while this much of it stands; the text around it vouches for the place. */
const LIKENESS_FLOOR_IN_PLACE = 0.55;
/** Found by likeness where it would stand: more of it, because nothing but likeness says that it is the same. */
const LIKENESS_FLOOR_FOUND = 0.65;
/** Below it there is nothing to suggest. */
const SUGGESTION_FLOOR = 0.4;
/** What was put between two pieces of a passage may be so much longer than what was there. */
const STRETCH_FACTOR = 3;
const STRETCH_UNITS = 400;
/** Between pieces that were moved there can be a word or two, or they are two places. */
const MOVED_STRETCH_UNITS = 60;

const orphaned: Carried = { fate: 'orphaned', passage: null, confidence: 0 };

/**
 * Carries anchors and places from one revision of a chapter into the next. Pure: made of two texts, it gives the same
 * answers always. With the former text at hand an anchor follows the words around it, and only words that are new in the
 * revision can be where moved ones went; without it (`before` null) the quote and its context are all there is.
 */
export class ReAnchoring {
  readonly #before: FlatText | null;
  readonly #after: FlatText;
  readonly #runs: readonly TextRun[];
  readonly #inOrder: readonly TextRun[];
  #finder: QuoteFinder | null = null;

  constructor(before: readonly TextBlock[] | null, after: readonly TextBlock[]) {
    this.#before = before && new FlatText(before);
    this.#after = new FlatText(after);
    this.#runs = this.#before ? alignTexts(this.#before, this.#after) : [];
    this.#inOrder = this.#runs.filter(({ moved }) => !moved);
  }

  carry({ start, end, quote }: Passage & Pick<Anchor, 'quote'>): Carried {
    const from = this.#before?.offsetOf(start) ?? null;
    const to = this.#before?.offsetOf(end) ?? null;
    const place = from !== null && to !== null && from < to ? { start: from, end: to } : null;
    // The words that stand at the position are asked first; where they are others, the position is of another text.
    const trusted = place !== null && this.#before?.text.slice(place.start, place.end) === quote.exact ? place : null;
    const aligned = trusted && this.#alongRuns(trusted, quote);
    if (aligned !== null && aligned.fate !== 'uncertain') return aligned;
    const hint = trusted && this.#whereItWouldStand(trusted);
    const found = this.#byQuote(quote, hint);
    if (found !== null && found.fate !== 'uncertain') return found;
    if (aligned !== null && found !== null) return aligned.confidence >= found.confidence ? aligned : found;
    return aligned ?? found ?? (hint && this.#inItsStead(hint, quote)) ?? orphaned;
  }

  /** Where a reader's place went: with its words, or to where the words after it went. */
  carryPosition(position: Position): Position {
    const offset = this.#before?.offsetOf(position) ?? null;
    if (offset === null) return this.#at(0);
    const index = lastStartingBy(this.#runs, offset);
    const run = this.#runs[index];
    if (run && offset < run.a + run.length) return this.#at(run.b + offset - run.a);
    const next = this.#inOrder.find(({ a }) => a >= offset);
    return this.#at(next ? next.b : this.#after.text.length);
  }

  /**
   * The same for a stretch of the text that somebody is at, which is somewhere whatever became of its words: where they are
   * gone, it begins where those after them went. Null when there is nothing to be at.
   */
  carryStretch(passage: Passage): Passage | null {
    const from = this.#before?.offsetOf(passage.start) ?? null;
    const to = this.#before?.offsetOf(passage.end) ?? null;
    if (this.#before && from !== null && to !== null && from < to) {
      const exact = this.#before.text.slice(from, to);
      const carried = this.carry({ ...passage, quote: { exact, prefix: '', suffix: '' } });
      if (carried.fate === 'kept' || carried.fate === 'moved') return carried.passage;
    }
    const start = this.carryPosition(passage.start);
    const { text } = this.#after;
    let begins = this.#after.offsetOf(start) ?? 0;
    while (begins < text.length && isSpace(text, begins)) begins += 1;
    const { block } = this.#after.positionAt(begins);
    const length = this.#after.blocks.find(({ id }) => id === block)?.text.length ?? 0;
    const within = this.#after.positionAt(begins);
    return within.offset < length ? { start: within, end: { block, offset: length } } : null;
  }

  /** The blocks of the new text that say anything else than the former text said in this order. */
  changedBlocks(): BlockId[] {
    const changed: BlockId[] = [];
    let run = 0;
    for (const [index, { id, text }] of this.#after.blocks.entries()) {
      const begins = this.#after.begins[index] ?? 0;
      let same = 0;
      while (run < this.#inOrder.length && endIn(this.#inOrder[run]) <= begins) run += 1;
      for (let at = run; at < this.#inOrder.length; at += 1) {
        const piece = this.#inOrder[at];
        if (!piece || piece.b >= begins + text.length) break;
        same += visible(this.#after.text, Math.max(begins, piece.b), Math.min(begins + text.length, endIn(piece)));
      }
      if (same < visible(text, 0, text.length)) changed.push(id);
    }
    return changed;
  }

  /** The passage that the pieces of a former one make up now; null when too little of it can be followed. */
  #alongRuns(place: Span, quote: Quote): Carried | null {
    const pieces = chainOf(this.#piecesOf(place));
    const first = pieces[0];
    const last = pieces.at(-1);
    if (!first || !last) return null;
    const edges = this.#edgesOf(place, first, last);
    const now = this.#after.text.slice(edges.start, edges.end);
    if (sameWords(now, quote.exact)) {
      const moved = pieces.some((piece) => piece.moved);
      return this.#answer(moved ? 'moved' : 'kept', edges, 1);
    }
    // What was put between its words takes nothing from a passage; what was put in the place of some of them does.
    const standing = pieces.reduce((sum, { a, length }) => sum + this.#toRead(a, a + length), 0);
    const share = standing / this.#toRead(place.start, place.end);
    const likeness = Math.max(share, likenessOf(quote.exact, now));
    // A moved piece has nothing around it to vouch for it.
    const floor = first.moved || last.moved ? FLOOR : LIKENESS_FLOOR_IN_PLACE;
    if (likeness < SUGGESTION_FLOOR) return null;
    return this.#answer(likeness >= floor ? 'moved' : 'uncertain', edges, likeness);
  }

  #toRead(start: number, end: number): number {
    return visible(this.#before?.text ?? '', start, end);
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

  /** From the first piece to the last, and over what stands now where the passage's own first or last words were changed. */
  #edgesOf(place: Span, first: TextRun, last: TextRun): Span {
    let start = first.b;
    if (first.a > place.start) {
      const before = this.#runs[lastStartingBy(this.#runs, first.a - 1)];
      const beforeEnd = before ? before.b + before.length : 0;
      const touches = before ? before.a + before.length >= place.start : place.start === 0;
      if (touches && beforeEnd <= first.b && isLikeLength(first.b - beforeEnd, first.a - place.start))
        start = beforeEnd;
    }
    let end = last.b + last.length;
    if (last.a + last.length < place.end) {
      const after = this.#runs[lastStartingBy(this.#runs, last.a) + 1];
      const afterStart = after ? after.b : this.#after.text.length;
      const touches = after ? after.a <= place.end : place.end === this.#before?.text.length;
      const missing = place.end - last.a - last.length;
      if (touches && afterStart >= end && isLikeLength(afterStart - end, missing)) end = afterStart;
    }
    return { start, end };
  }

  /** The stretch of new text between the words that stood before a passage and those that stood after it. */
  #whereItWouldStand(place: Span): Span & { tight: boolean } {
    const index = lastStartingBy(this.#inOrder, place.start);
    const before = this.#inOrder[index];
    const beforeEnd = before ? Math.min(before.a + before.length, place.start) : 0;
    const next = this.#inOrder.slice(index + 1, index + NEIGHBOURS_MAX).find(({ a, length }) => a + length > place.end);
    const nextStart = next ? Math.max(next.a, place.end) : (this.#before?.text.length ?? 0);
    return {
      start: before ? before.b + beforeEnd - before.a : 0,
      end: next ? next.b + nextStart - next.a : this.#after.text.length,
      tight: beforeEnd === place.start && nextStart === place.end,
    };
  }

  /** By words and context, among what is new in the revision. */
  #byQuote(quote: Quote, hint: Span | null): Carried | null {
    this.#finder ??= new QuoteFinder(this.#after.text, spansBetween(this.#after.text.length, takenIn(this.#runs)));
    const found = this.#finder.find(quote, hint && hint.start);
    if (found === null) return null;
    const confidence = this.#confidenceOf(found, hint);
    if (confidence < SUGGESTION_FLOOR) return null;
    return this.#answer(confidence >= FLOOR ? 'moved' : 'uncertain', found, confidence);
  }

  #confidenceOf({ start, end, likeness, confidence }: Found, hint: Span | null): number {
    const between = hint !== null && start >= hint.start && end <= hint.end;
    // Found just where it would stand, with little else there: its neighbours are its context.
    const alone = between && isLikeLength(hint.end - hint.start, end - start);
    return alone && likeness >= LIKENESS_FLOOR_FOUND ? Math.max(confidence, (1 + likeness) / 2) : confidence;
  }

  /** What was put in the place of the very words, as a suggestion. */
  #inItsStead(hint: Span & { tight: boolean }, quote: Quote): Carried | null {
    if (!hint.tight || hint.end <= hint.start) return null;
    if (!isLikeLength(hint.end - hint.start, quote.exact.length)) return null;
    return this.#answer('uncertain', hint, SUGGESTION_FLOOR);
  }

  /** Trimmed of white space, with every grapheme whole. */
  #answer(fate: 'kept' | 'moved' | 'uncertain', { start, end }: Span, confidence: number): Carried {
    const { text } = this.#after;
    let [from, to] = [start, end];
    while (from < to && isSpace(text, from)) from += 1;
    while (to > from && isSpace(text, to - 1)) to -= 1;
    while (from > 0 && !this.#isBoundary(from)) from -= 1;
    while (to < text.length && !this.#isBoundary(to)) to += 1;
    if (from >= to || to - from > PASSAGE_MAX_CHARS) return orphaned;
    return { fate, passage: this.#after.passage(from, to), confidence };
  }

  #isBoundary(offset: number): boolean {
    const { block, offset: inBlock } = this.#after.positionAt(offset);
    const index = this.#after.blockAt(offset);
    const found = this.#after.blocks[index];
    return found?.id !== block || isGraphemeBoundary(found.text, inBlock);
  }

  #at(offset: number): Position {
    let whole = offset;
    while (whole > 0 && !this.#isBoundary(whole)) whole -= 1;
    return this.#after.positionAt(whole);
  }
}

const endIn = (run: TextRun | undefined): number => (run ? run.b + run.length : 0);

/** Runs looked at for the one after a passage; a passage that was torn into more pieces has none. */
const NEIGHBOURS_MAX = 200;

/** The index of the last run that begins at `offset` or before it; -1 when there is none. */
function lastStartingBy(runs: readonly TextRun[], offset: number): number {
  let low = -1;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.a ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const isSpace = (text: string, at: number): boolean => (text[at] ?? '').trim() === '';
const isLikeLength = (now: number, before: number): boolean => now <= before * STRETCH_FACTOR + STRETCH_UNITS / 20;
const sameWords = (one: string, other: string): boolean =>
  one === other || one.replace(/\s+/gu, ' ').trim() === other.replace(/\s+/gu, ' ').trim();

/** The longest piece, and the others that stand around it as they did. */
function chainOf(pieces: readonly TextRun[]): TextRun[] {
  let longest = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.length > (pieces[longest]?.length ?? 0)) longest = index;
  }
  const chain = pieces.slice(longest, longest + 1);
  for (const piece of pieces.slice(longest + 1)) {
    const last = chain.at(-1);
    if (last && follows(last, piece)) chain.push(piece);
  }
  for (const piece of pieces.slice(0, longest).toReversed()) {
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
