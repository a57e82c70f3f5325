import { PASSAGE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { alignTexts, spansBetween, takenIn, visible, type TextRun } from './align-texts.ts';
import type { Anchor, Passage, Position } from './anchor.ts';
import { QuoteFinder, type Found } from './find-quote.ts';
import { FlatText, type TextBlock } from './flat-text.ts';
import { likenessOf, type Quote } from './follow-quote.ts';
import { isLikeLength, lastStartingBy, RunFollower } from './follow-runs.ts';
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

/** Less sure than this, a place that was found elsewhere is a suggestion. */
const FLOOR = 0.8;
/** What was changed in place keeps its note while this much of it stands; the text around it vouches for the place. */
const LIKENESS_FLOOR_IN_PLACE = 0.55;
/** Found by likeness where it would stand: more of it, because nothing but likeness says that it is the same. */
const LIKENESS_FLOOR_FOUND = 0.65;
/** Below it there is nothing to suggest. */
const SUGGESTION_FLOOR = 0.4;

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
  readonly #follower: RunFollower;
  #finder: QuoteFinder | null = null;

  constructor(before: readonly TextBlock[] | null, after: readonly TextBlock[]) {
    this.#before = before && new FlatText(before);
    this.#after = new FlatText(after);
    this.#runs = this.#before ? alignTexts(this.#before, this.#after) : [];
    this.#inOrder = this.#runs.filter(({ moved }) => !moved);
    this.#follower = new RunFollower(this.#before?.text ?? '', this.#after.text, this.#runs);
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
    const followed = this.#follower.follow(place);
    if (followed === null) return null;
    const now = this.#after.text.slice(followed.start, followed.end);
    const isSame = sameWords(now, quote.exact);
    if (isSame && !followed.phraseOnly) return this.#answer(followed.moved ? 'moved' : 'kept', followed, 1);
    // What was put between its words takes nothing from a passage; what was put in the place of some of them does.
    const likeness = isSame ? 1 : Math.max(followed.standing, likenessOf(quote.exact, now));
    if (likeness < SUGGESTION_FLOOR) return null;
    // A moved piece has nothing around it to vouch for it.
    const floor = followed.moved ? FLOOR : LIKENESS_FLOOR_IN_PLACE;
    const settled = followed.settled.start && followed.settled.end && !followed.phraseOnly;
    return this.#answer(settled && likeness >= floor ? 'moved' : 'uncertain', followed, likeness);
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
    return this.#answer(found.settled && confidence >= FLOOR ? 'moved' : 'uncertain', found, confidence);
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

const isSpace = (text: string, at: number): boolean => (text[at] ?? '').trim() === '';
const sameWords = (one: string, other: string): boolean =>
  one === other || one.replace(/\s+/gu, ' ').trim() === other.replace(/\s+/gu, ' ').trim();
