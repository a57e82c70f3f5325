import { firstIndex } from '#components/reader/dom-positions.ts';
import { findKnots, type Knot, topOfLine } from './line-places.ts';
import { measurePassage } from './measure.ts';
import type { TextLines } from './text-lines.ts';
import type { Thread } from './threads.ts';

/** Counts are there for so many screens above and below what is in sight, and come before fewer than so many are left. */
const WANTED_SCREENS = 2;
const LEFT_SCREENS = 1;

interface Parts {
  rail: () => HTMLElement | null;
  text: () => HTMLElement | null;
}

/** A note at the baseline of its first words, in px of the rail. */
export interface Placed {
  thread: Thread;
  at: number;
}

/**
 * Where the notes near what is in sight stand. To measure words is to have their block laid out, which the browser leaves
 * for most of a long chapter: which notes are near is told from the lines of the text, and only they are measured, once
 * for as long as the text stands as it does.
 */
export class RailLayout {
  readonly #parts: Parts;
  #lines: TextLines | null = null;
  #knots: readonly Knot[] | null = null;
  /** By where the passage begins; null where it is not on the page. */
  readonly #baselines = new Map<string, number | null>();
  #covered = { top: 0, bottom: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What was measured counts no more. */
  textWasSet(): void {
    this.#knots = null;
    this.#baselines.clear();
  }

  /** Whether there is too little around what is in sight. Reads layout. */
  isShort(): boolean {
    const top = this.#topOfSight();
    const left = LEFT_SCREENS * innerHeight;
    return top !== null && (top - left < this.#covered.top || top + innerHeight + left > this.#covered.bottom);
  }

  /** The notes near what is in sight; `notes` in reading order, `lines` of the text that they stand in. Reads layout. */
  near(notes: readonly Thread[], lines: TextLines): Placed[] {
    if (lines !== this.#lines) this.textWasSet();
    this.#lines = lines;
    const text = this.#parts.text();
    const sight = this.#topOfSight();
    if (text === null || sight === null) return [];
    const railTop = -sight;
    const knots = (this.#knots ??= findKnots(text, lines, railTop));
    this.#covered = {
      top: sight - WANTED_SCREENS * innerHeight,
      bottom: sight + (1 + WANTED_SCREENS) * innerHeight,
    };
    const { top, bottom } = this.#covered;
    const about = (index: number): number => {
      const anchor = notes[index]?.annotation.anchor;
      return anchor ? topOfLine(knots, lines.of(anchor.start)) : 0;
    };
    const from = firstIndex(notes.length, (index) => about(index) >= top);
    const to = firstIndex(notes.length, (index) => about(index) > bottom);
    return notes.slice(from, to).flatMap((thread) => {
      const at = this.#baselineOf(thread, text, railTop);
      return at === null ? [] : [{ thread, at }];
    });
  }

  /** Where the screen begins, in px of the rail. */
  #topOfSight(): number | null {
    const rail = this.#parts.rail();
    return rail && -rail.getBoundingClientRect().top;
  }

  #baselineOf({ annotation: { anchor } }: Thread, text: HTMLElement, railTop: number): number | null {
    if (anchor === null) return null;
    const key = `${anchor.start.block}.${anchor.start.offset}`;
    const known = this.#baselines.get(key);
    if (known !== undefined) return known;
    const box = measurePassage(text, anchor);
    const at = box && box.baseline - railTop;
    this.#baselines.set(key, at);
    return at;
  }
}
