import type { Block } from '#shared/text/block.ts';
import type { Passage, Position } from '../anchor.ts';

/**
 * EPUB Canonical Fragment Identifiers (EPUB CFI 1.1) for passages of chapters that came out of an EPUB. A block knows its
 * document's place in the spine and the element that it was read from; within it the offset is that of the block's text, in
 * UTF-16 units, as CFI wants it. It is written into the element's first run of text (`/1:12`): readers count on from there
 * where an element has others within. Decision 14 says what such an identifier can mean.
 */

/** `^` stands before a sign of CFI's own that is meant as itself (2.3). */
const part = '((?:\\^.|[^!,^])*)';
const range = new RegExp(`^epubcfi\\(${part}!${part},${part},${part}\\)$`, 'u');
const assertions = /\[(?:\^.|[^\]^])*\]/gu;

type SourcedBlock = Pick<Block, 'id' | 'text' | 'source'>;

/** Null when a block of the passage has no source in a spine, or its ends lie in two documents. */
export function cfiOf(blocks: readonly SourcedBlock[], { start, end }: Passage): string | null {
  const [first, last] = [sourceOf(blocks, start), sourceOf(blocks, end)];
  if (first?.itemref === undefined || !last || first.itemref !== last.itemref) return null;
  const document = `${first.itemref}!`;
  const shared = sharedSteps(first.path, last.path);
  const tail = (path: string, { offset }: Position): string => `${path.slice(shared.length)}/1:${offset}`;
  return `epubcfi(${document}${shared},${tail(first.path, start)},${tail(last.path, end)})`;
}

/** The passage that a CFI selects in this chapter; null when it is none that we write, or leads elsewhere. */
export function passageOfCfi(blocks: readonly SourcedBlock[], cfi: string): Passage | null {
  const parts = range.exec(cfi);
  if (parts === null) return null;
  const [, itemref = '', shared = '', from = '', to = ''] = parts;
  const wanted = numbersOf(itemref);
  const inDocument = blocks.filter(({ source }) => source?.itemref && numbersOf(source.itemref) === wanted);
  const start = positionAt(inDocument, shared + from);
  const end = positionAt(inDocument, shared + to);
  if (start === null || end === null) return null;
  const order = (position: Position): number => blocks.findIndex(({ id }) => id === position.block);
  const isForward = order(start) < order(end) || (start.block === end.block && start.offset < end.offset);
  return isForward ? { start, end } : null;
}

function sourceOf(blocks: readonly SourcedBlock[], { block }: Position): NonNullable<Block['source']> | null {
  const expected = blocks[Number(block.slice(1)) - 1];
  const found = expected?.id === block ? expected : blocks.find(({ id }) => id === block);
  return found?.source ?? null;
}

const stepsOf = (path: string): string[] => path.match(/\/\d+(?:\[(?:\^.|[^\]^])*\])?/gu) ?? [];

/** What two paths begin with together, whole steps only. */
function sharedSteps(one: string, other: string): string {
  const others = stepsOf(other);
  const steps = stepsOf(one);
  const differs = steps.findIndex((step, index) => step !== others[index]);
  return steps.slice(0, differs < 0 ? steps.length : differs).join('');
}

/** Ids in brackets are only assertions: the numbers lead. */
const numbersOf = (path: string): string => path.replace(assertions, '');

function positionAt(blocks: readonly SourcedBlock[], path: string): Position | null {
  const point = /^(.*)\/1:(\d+)$/u.exec(path);
  if (point === null) return null;
  const [, element = '', units = ''] = point;
  const block = blocks.find(({ source }) => source && numbersOf(source.path) === numbersOf(element));
  const offset = Number(units);
  return block && offset <= block.text.length ? { block: block.id, offset } : null;
}
