import type { TextBlock } from '#shared/anchoring/flat-text.ts';

/** Where one unit of an edited text comes from: an offset of the first text, and whether it is that very unit. */
export interface Origin {
  offset: number;
  same: boolean;
}

/** A unit with its origin; null for what was written anew. */
export interface Unit {
  text: string;
  origin: Origin | null;
}

/** A text whose every unit knows where it came from, so that after any edits it can be told what became of a passage. */
export type TracedBlock = Unit[];

/** Offsets are those of the blocks joined by `\n`. */
export function traced(texts: readonly string[]): TracedBlock[] {
  let begins = 0;
  return texts.map((text) => {
    const block = Array.from({ length: text.length }, (_, index) => ({
      text: text.charAt(index),
      origin: { offset: begins + index, same: true },
    }));
    begins += text.length + 1;
    return block;
  });
}

export const written = (text: string): Unit[] =>
  Array.from({ length: text.length }, (_, index) => ({ text: text.charAt(index), origin: null }));

/** Other words in the place of these: they stand for them, but they are not the same. */
export function inPlaceOf(old: readonly Unit[], text: string): Unit[] {
  return written(text).map((unit, index) => {
    const replaced = old[Math.min(index, old.length - 1)]?.origin;
    return { ...unit, origin: replaced ? { offset: replaced.offset, same: false } : null };
  });
}

export const textOf = (units: readonly Unit[]): string => units.map(({ text }) => text).join('');

export const blocksOf = (blocks: readonly TracedBlock[]): TextBlock[] =>
  blocks.map((block, index) => ({ id: `b${index + 1}`, text: textOf(block) }));

/** Pieces of a passage that stand further apart than this are two places. */
const ONE_PLACE_UNITS = 400;

/** What became of `[start, end)`: where most of it stands now, and which share of its words are still the same there. */
export interface Truth {
  start: number;
  end: number;
  share: number;
}

/** Answers for many passages of one edited text. */
export class Traces {
  readonly #placesOf = new Map<number, { at: number; same: boolean }[]>();
  readonly #before: string;

  constructor(before: readonly string[], after: readonly TracedBlock[]) {
    this.#before = before.join('\n');
    let at = 0;
    for (const block of after) {
      for (const { origin } of block) {
        if (origin) {
          const places = this.#placesOf.get(origin.offset) ?? [];
          places.push({ at, same: origin.same });
          this.#placesOf.set(origin.offset, places);
        }
        at += 1;
      }
      at += 1;
    }
  }

  /** Null when nothing of it is left. */
  truthOf(start: number, end: number): Truth | null {
    const places: { at: number; same: boolean }[] = [];
    let toRead = 0;
    for (let offset = start; offset < end; offset += 1) {
      if ((this.#before[offset] ?? '').trim() === '') continue;
      toRead += 1;
      places.push(...(this.#placesOf.get(offset) ?? []));
    }
    places.sort((one, other) => one.at - other.at);
    let best: { at: number; same: boolean }[] = [];
    let group: typeof best = [];
    for (const place of places) {
      if (place.at - (group.at(-1)?.at ?? place.at) > ONE_PLACE_UNITS) group = [];
      group.push(place);
      if (sameIn(group) > sameIn(best) || best.length === 0) best = group;
    }
    const first = best[0];
    const last = best.at(-1);
    return first && last ? { start: first.at, end: last.at + 1, share: sameIn(best) / toRead } : null;
  }
}

const sameIn = (places: readonly { same: boolean }[]): number => places.filter(({ same }) => same).length;
