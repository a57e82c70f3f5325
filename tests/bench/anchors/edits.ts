import type { Seeded } from '#tests/support/seeded.ts';
import type { InventedProse } from './invented-prose.ts';
import { inPlaceOf, textOf, traced, written, type TracedBlock, type Unit } from './traced-text.ts';

/** What an author does to a chapter between two revisions; each is a kind of its own in the bench, the last is all of them. */
export const edits = {
  typos: (edit: Editing) => edit.words(0.03, (word) => edit.mistype(word)),
  'words replaced': (edit: Editing) => edit.words(0.1, (word) => edit.replace(word)),
  'sentences moved': (edit: Editing) => edit.moveSentences(0.12),
  'paragraphs split and joined': (edit: Editing) => edit.splitAndJoin(0.25),
  'repeated phrases': (edit: Editing) => {
    edit.repeatSentences(0.12);
    edit.words(0.03, (word) => edit.mistype(word));
  },
  'scenes rewritten': (edit: Editing) => edit.rewriteScenes(4, 0.06),
  'passages deleted': (edit: Editing) => edit.deleteSentences(0.15),
  'a second draft': (edit: Editing) => {
    edit.rewriteScenes(2, 0.05);
    edit.deleteSentences(0.05);
    edit.moveSentences(0.05);
    edit.repeatSentences(0.03);
    edit.splitAndJoin(0.1);
    edit.words(0.02, (word) => edit.replace(word));
    edit.words(0.02, (word) => edit.mistype(word));
  },
} as const;

export type EditKind = keyof typeof edits;
export const editKinds = Object.keys(edits) as EditKind[];

/** A chapter under the pen. */
export class Editing {
  blocks: TracedBlock[];
  readonly #prose: InventedProse;
  readonly #seeded: Seeded;

  constructor(texts: readonly string[], prose: InventedProse, seeded: Seeded) {
    this.blocks = traced(texts);
    this.#prose = prose;
    this.#seeded = seeded;
  }

  words(share: number, change: (word: Unit[]) => Unit[]): void {
    this.blocks = this.blocks.map((block) =>
      wordsIn(block).flatMap((word) => (isWord(word) && this.#seeded.chance(share) ? change(word) : word)),
    );
  }

  /** One letter too much, too few, another, or two the wrong way round. */
  mistype(word: Unit[]): Unit[] {
    const at = this.#seeded.below(word.length);
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    const letter = written(this.#prose.word().charAt(0));
    const change = this.#seeded.pick(['more', 'less', 'other', 'turned']);
    if (change === 'more') return [...word.slice(0, at), ...letter, ...word.slice(at)];
    if (change === 'less') return word.length > 1 ? [...before, ...after] : word;
    if (change === 'other') return [...before, ...inPlaceOf(word.slice(at, at + 1), textOf(letter)), ...after];
    return [...before, ...after.slice(0, 1), ...word.slice(at, at + 1), ...after.slice(1)];
  }

  replace(word: Unit[]): Unit[] {
    return inPlaceOf(word, this.#prose.word());
  }

  moveSentences(share: number): void {
    const taken: Unit[][] = [];
    this.#sentences((sentence) => {
      if (!this.#seeded.chance(share)) return [sentence];
      taken.push(sentence);
      return [];
    });
    for (const sentence of taken) this.#insert(sentence);
  }

  repeatSentences(share: number): void {
    const copies: Unit[][] = [];
    this.#sentences((sentence) => {
      if (this.#seeded.chance(share)) copies.push(written(textOf(sentence)));
      return [sentence];
    });
    for (const copy of copies) this.#insert(copy);
  }

  deleteSentences(share: number): void {
    this.#sentences((sentence) => (this.#seeded.chance(share) ? [] : [sentence]));
    this.blocks = this.blocks.filter((block) => block.length > 0 || this.#seeded.chance(0.5));
  }

  splitAndJoin(share: number): void {
    const result: TracedBlock[] = [];
    for (const block of this.blocks) {
      const sentences = sentencesIn(block);
      const last = result.at(-1);
      if (sentences.length > 1 && this.#seeded.chance(share)) {
        const cut = this.#seeded.between(1, sentences.length - 1);
        result.push(trimmed(sentences.slice(0, cut).flat()), trimmed(sentences.slice(cut).flat()));
      } else if (last && last.length > 0 && block.length > 0 && this.#seeded.chance(share)) {
        result[result.length - 1] = [...last, ...written(this.#prose.joint), ...block];
      } else result.push(block);
    }
    this.blocks = result;
  }

  rewriteScenes(scenes: number, share: number): void {
    const length = Math.ceil(this.blocks.length * share);
    for (let scene = 0; scene < scenes; scene += 1) {
      const start = this.#seeded.below(Math.max(1, this.blocks.length - length));
      const anew = this.#prose.chapter(this.#seeded.between(Math.ceil(length / 2), length + 2)).map(written);
      this.blocks.splice(start, length, ...anew);
    }
  }

  #sentences(change: (sentence: Unit[]) => Unit[][]): void {
    this.blocks = this.blocks.map((block) => trimmed(sentencesIn(block).flatMap(change).flat()));
  }

  /** Between two sentences of any paragraph. */
  #insert(sentence: Unit[]): void {
    const index = this.#seeded.below(this.blocks.length);
    const sentences = sentencesIn(this.blocks[index] ?? []);
    sentences.splice(this.#seeded.below(sentences.length + 1), 0, spaced(sentence, this.#prose.joint));
    this.blocks[index] = trimmed(sentences.flatMap((one) => spaced(one, this.#prose.joint)));
  }
}

const wordPattern = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu;
const wordsIn = (units: Unit[]): Unit[][] => cutBy(units, wordPattern);
const isWord = (units: Unit[]): boolean => /\p{L}/u.test(textOf(units));

const sentencePattern = /[^.!?…。？।؟]+(?:[.!?…。？।؟]+\s*|$)/gu;
const sentencesIn = (units: Unit[]): Unit[][] => cutBy(units, sentencePattern);

function cutBy(units: Unit[], pattern: RegExp): Unit[][] {
  return Array.from(textOf(units).matchAll(pattern), ({ 0: piece, index }) => units.slice(index, index + piece.length));
}

function trimmed(units: Unit[]): Unit[] {
  let end = units.length;
  while (end > 0 && units[end - 1]?.text.trim() === '') end -= 1;
  let start = 0;
  while (start < end && units[start]?.text.trim() === '') start += 1;
  return units.slice(start, end);
}

const spaced = (units: Unit[], joint: string): Unit[] => [...trimmed(units), ...written(joint)];
