import { PASSAGE_MAX_CHARS, QUOTE_CONTEXT_CHARS } from '#shared/protocol/limits.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import type { Anchor, Passage, Position } from './anchor.ts';
import { isGraphemeBoundary } from '#shared/text/graphemes.ts';

/** Why a passage is refused; the refusal codes of the same names say it to people. */
export type PassageFault = 'passage-invalid' | 'passage-too-long';

function indexOfBlock(blocks: readonly Block[], id: BlockId): number {
  const expected = Number(id.slice(1)) - 1;
  return blocks[expected]?.id === id ? expected : blocks.findIndex((block) => block.id === id);
}

/** Negative when `a` stands before `b` in reading order. Block ids are numbered in reading order, so no text is needed. */
export function comparePositions(a: Position, b: Position): number {
  return Number(a.block.slice(1)) - Number(b.block.slice(1)) || a.offset - b.offset;
}

/** The pieces of the passage's text, one for each block it touches; null when it does not lie in these blocks. */
function piecesOf(blocks: readonly Block[], passage: Passage): string[] | null {
  const first = indexOfBlock(blocks, passage.start.block);
  const last = indexOfBlock(blocks, passage.end.block);
  if (first < 0 || last < first) return null;
  return blocks.slice(first, last + 1).map(({ text }, index, touched) => {
    const end = index === touched.length - 1 ? passage.end.offset : text.length;
    return text.slice(index === 0 ? passage.start.offset : 0, end);
  });
}

/** The words of a passage, its blocks joined by `\n`; empty when the passage does not lie in these blocks. */
export function passageText(blocks: readonly Block[], passage: Passage): string {
  return piecesOf(blocks, passage)?.join('\n') ?? '';
}

/**
 * The passage itself when it can be marked in this text, else why not: its blocks exist, its offsets lie inside them on
 * grapheme boundaries, it starts before it ends, has something to read in it, and is at most `PASSAGE_MAX_CHARS` UTF-16
 * units long.
 */
export function checkPassage(blocks: readonly Block[], passage: Passage): Passage | PassageFault {
  const { start, end } = passage;
  const first = indexOfBlock(blocks, start.block);
  const last = indexOfBlock(blocks, end.block);
  const firstText = blocks[first]?.text;
  const lastText = blocks[last]?.text;
  if (firstText === undefined || lastText === undefined || last < first) return 'passage-invalid';
  if (start.offset > firstText.length || end.offset > lastText.length) return 'passage-invalid';
  if (first === last && start.offset >= end.offset) return 'passage-invalid';
  if (last - first >= PASSAGE_MAX_CHARS) return 'passage-too-long';
  const exact = passageText(blocks, passage);
  if (exact.length > PASSAGE_MAX_CHARS) return 'passage-too-long';
  if (!/\S/u.test(exact)) return 'passage-invalid';
  if (!isGraphemeBoundary(firstText, start.offset) || !isGraphemeBoundary(lastText, end.offset)) {
    return 'passage-invalid';
  }
  return passage;
}

/** At most `QUOTE_CONTEXT_CHARS` of what stands before, cut between graphemes. */
function contextBefore(blocks: readonly Block[], start: Position): string {
  let index = indexOfBlock(blocks, start.block);
  let text = blocks[index]?.text.slice(0, start.offset) ?? '';
  while (text.length < QUOTE_CONTEXT_CHARS && index > 0) {
    index -= 1;
    text = `${blocks[index]?.text ?? ''}\n${text}`;
  }
  let cut = Math.max(0, text.length - QUOTE_CONTEXT_CHARS);
  while (!isGraphemeBoundary(text, cut)) cut += 1;
  return text.slice(cut);
}

function contextAfter(blocks: readonly Block[], end: Position): string {
  let index = indexOfBlock(blocks, end.block);
  let text = blocks[index]?.text.slice(end.offset) ?? '';
  while (text.length <= QUOTE_CONTEXT_CHARS && index < blocks.length - 1) {
    index += 1;
    text = `${text}\n${blocks[index]?.text ?? ''}`;
  }
  let cut = Math.min(text.length, QUOTE_CONTEXT_CHARS);
  while (!isGraphemeBoundary(text, cut)) cut -= 1;
  return text.slice(0, cut);
}

/**
 * The quote of a passage that `checkPassage` accepted: its words and up to 32 UTF-16 units on either side, blocks joined
 * by `\n` (W3C TextQuoteSelector). Context is cut between graphemes, so it may be a little shorter.
 */
export function quoteOf(blocks: readonly Block[], passage: Passage): Anchor['quote'] {
  return {
    exact: passageText(blocks, passage),
    prefix: contextBefore(blocks, passage.start),
    suffix: contextAfter(blocks, passage.end),
  };
}
