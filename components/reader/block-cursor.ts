import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import type { Block } from '#shared/text/block.ts';
import { sentenceAt, sentencesOf } from '#shared/text/sentences.ts';

/** How far one key press carries the end of a selection. */
export type Stride = 'word' | 'sentence';
export type Direction = 'on' | 'back';

/** Dictionaries for these scripts come with any locale. */
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** The sentence that holds a position, as a passage. */
export function sentencePassage(block: Block, offset: number, language: string): Passage | null {
  const sentence = sentenceAt(block.text, offset, language);
  return sentence && passageIn(block, sentence.start, sentence.end);
}

export const wholeBlock = (block: Block): Passage | null =>
  block.text === '' ? null : passageIn(block, 0, block.text.length);

const passageIn = (block: Block, start: number, end: number): Passage => ({
  start: { block: block.id, offset: start },
  end: { block: block.id, offset: end },
});

/**
 * The passage with its end moved by a word or a sentence, across blocks where one is at its border. It never shrinks to
 * nothing: what cannot be moved stays.
 */
export function stretched(
  blocks: readonly Block[],
  passage: Passage,
  stride: Stride,
  direction: Direction,
  language: string,
): Passage {
  const end =
    direction === 'on'
      ? endAfter(blocks, passage.end, stride, language)
      : endBefore(blocks, passage.end, stride, language);
  return end === null || !isBefore(passage.start, end) ? passage : { start: passage.start, end };
}

const isBefore = (a: Position, b: Position): boolean =>
  Number(a.block.slice(1)) - Number(b.block.slice(1)) < 0 || (a.block === b.block && a.offset < b.offset);

function endAfter(
  blocks: readonly Block[],
  { block: id, offset }: Position,
  stride: Stride,
  language: string,
): Position | null {
  const index = blocks.findIndex((block) => block.id === id);
  for (let at = index; at >= 0 && at < blocks.length; at += 1) {
    const block = blocks[at] as Block;
    const from = at === index ? offset : 0;
    const end = endsOf(block.text, stride, language).find((candidate) => candidate > from);
    if (end !== undefined) return { block: block.id, offset: end };
  }
  return null;
}

function endBefore(
  blocks: readonly Block[],
  { block: id, offset }: Position,
  stride: Stride,
  language: string,
): Position | null {
  const index = blocks.findIndex((block) => block.id === id);
  for (let at = index; at >= 0; at -= 1) {
    const block = blocks[at] as Block;
    const to = at === index ? offset : Number.POSITIVE_INFINITY;
    const end = endsOf(block.text, stride, language).findLast((candidate) => candidate < to);
    if (end !== undefined) return { block: block.id, offset: end };
  }
  return null;
}

/** Where words or sentences end. Punctuation after a word belongs to it, so that a last word takes its full stop along. */
function endsOf(text: string, stride: Stride, language: string): number[] {
  if (stride === 'sentence') return sentencesOf(text, language).map(({ end }) => end);
  const ends: number[] = [];
  for (const match of text.matchAll(/\S+/gu)) ends.push(...wordEndsIn(match[0], match.index));
  return ends;
}

/** A run without spaces is one word, but in scripts that write none it holds many. */
function wordEndsIn(run: string, from: number): number[] {
  if (
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(run)
  ) {
    return [from + run.length];
  }
  return [...words.segment(run)].map(({ index, segment }) => from + index + segment.length);
}
