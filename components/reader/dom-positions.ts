import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import { isBlockId } from '#shared/text/block-id.ts';
import { tidyPassage } from './tidy-passage.ts';

/**
 * Between the page and the model. A block is an element with `data-b`; every run of its text is an element with `data-o`
 * (its UTF-16 offset in the block) that holds one text node and nothing else. Whatever else stands in the text column
 * (buttons, ornaments) has no `data-o` and therefore no position.
 */
const RUN = '[data-o]';

/** By its id, which the browser has in an index: a query would walk through the whole chapter for each block. */
export function blockElement(root: Element, block: BlockId): HTMLElement | null {
  const element = root.ownerDocument.getElementById(block);
  return element !== null && root.contains(element) ? element : null;
}

const offsetOf = (run: Element): number => Number(run.getAttribute('data-o'));

function blockOf(node: Element): BlockId | null {
  const id = node.closest('[data-b]')?.getAttribute('data-b') ?? '';
  return isBlockId(id) ? id : null;
}

/** The first index from which on `test` holds; `length` when it never does. `test` must not go back to false. */
export function firstIndex(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The passage that a range of the page covers, clamped to the text column and tidied (`tidyPassage`); null when it covers
 * no words of it.
 */
export function passageOf(root: Element, range: Range, blocks: readonly Block[]): Passage | null {
  const start = positionOf(root, range.startContainer, range.startOffset, 'start');
  const end = positionOf(root, range.endContainer, range.endOffset, 'end');
  return start && end && tidyPassage(blocks, start, end);
}

/** A point of the page as a position. A point between runs counts for the next run as a start, for the last as an end. */
export function positionOf(root: Element, node: Node, offset: number, edge: 'start' | 'end'): Position | null {
  if (node.nodeType === Node.TEXT_NODE) {
    const run = node.parentElement;
    if (run?.hasAttribute('data-o') && root.contains(run)) return at(run, offset);
  }
  const runs = root.querySelectorAll(RUN);
  const point = document.createRange();
  point.setStart(node, offset);
  point.collapse(true);
  if (edge === 'start') {
    const run = runs[firstIndex(runs.length, (index) => point.comparePoint(textOf(runs[index]), 0) >= 0)];
    return run === undefined ? null : at(run, 0);
  }
  const after = firstIndex(runs.length, (index) => {
    const text = textOf(runs[index]);
    return point.comparePoint(text, text.length) > 0;
  });
  const run = runs[after - 1];
  return run === undefined ? null : at(run, textOf(run).length);
}

/** The range of the page that shows a passage; null when one of its blocks is not on it. */
export function rangeOf(root: Element, { start, end }: Passage): Range | null {
  const from = pointOf(root, start, 'start');
  const to = pointOf(root, end, 'end');
  if (from === null || to === null) return null;
  const range = document.createRange();
  range.setStart(from.text, from.offset);
  range.setEnd(to.text, to.offset);
  return range;
}

/** The text node that holds a position. On the border of two runs a start belongs to the later, an end to the earlier. */
export function pointOf(
  root: Element,
  position: Position,
  edge: 'start' | 'end',
): { text: Text; offset: number } | null {
  const runs = blockElement(root, position.block)?.querySelectorAll(RUN);
  if (runs === undefined || runs.length === 0) return null;
  const beyond = firstIndex(runs.length, (index) => {
    const from = offsetOf(runs[index] as Element);
    return edge === 'start' ? from > position.offset : from >= position.offset;
  });
  const run = runs[Math.max(0, beyond - 1)] as Element;
  const text = textOf(run);
  return { text, offset: Math.min(Math.max(0, position.offset - offsetOf(run)), text.length) };
}

function at(run: Element, offset: number): Position | null {
  const block = blockOf(run);
  return block === null ? null : { block, offset: offsetOf(run) + offset };
}

function textOf(run: Element | undefined): Text {
  const text = run?.firstChild;
  if (!(text instanceof Text)) throw new Error('a run of text without its text');
  return text;
}
