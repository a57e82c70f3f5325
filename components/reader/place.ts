import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import type { Block } from '#shared/text/block.ts';
import { sentenceAt } from '#shared/text/sentences.ts';
import { blockElement, firstIndex } from './dom-positions.ts';
import type { ReadingPlace } from './reading-context.tsx';

/** The reading line stands at this part of the screen's height; where eyes rest while one scrolls on. */
export const READING_LINE = 1 / 3;

/** The head fades into the page over this height (CSS pixels): a line beneath it is not in sight yet. */
export const FADE_PX = 16;

interface Measured {
  /** Of the whole text column, to see that the lines have moved since. */
  width: number;
  height: number;
  tops: Float64Array;
  bottom: number;
}

/**
 * Knows where on the page the text stands, and from it where the reader is. Tops of blocks are measured once and kept
 * until the text's size changes, so that scrolling costs one binary search and the lines of one block.
 */
export class PlaceFinder {
  readonly #root: HTMLElement;
  readonly #blocks: readonly Block[];
  readonly #elements: HTMLElement[];
  readonly #before: number[] = [];
  readonly #total: number;
  #measured: Measured | null = null;

  constructor(root: HTMLElement, blocks: readonly Block[]) {
    this.#root = root;
    this.#blocks = blocks.filter((block) => block.text !== '' && blockElement(root, block.id) !== null);
    this.#elements = this.#blocks.flatMap((block) => blockElement(root, block.id) ?? []);
    let total = 0;
    for (const { text } of this.#blocks) {
      this.#before.push(total);
      total += text.length;
    }
    this.#total = total;
  }

  /** The lines may have moved: measure again before the next answer. */
  invalidate(): void {
    this.#measured = null;
  }

  /**
   * Where the reader is now; null for a text without words, and while the page is being set anew: what stands at the
   * reading line in that moment is an accident. `headHeight` in CSS pixels is covered at the top.
   */
  find(headHeight: number): ReadingPlace | null {
    if (this.#isStale()) return null;
    const sightLine = scrollY + headHeight + FADE_PX;
    const readingLine = scrollY + headHeight + (innerHeight - headHeight) * READING_LINE;
    const first = this.#positionAt(sightLine);
    const read = this.#positionAt(readingLine);
    if (first === null || read === null) return null;
    const { bottom } = this.#measure();
    const atEnd = bottom <= scrollY + innerHeight;
    const gone = (this.#before[read.index] ?? 0) + read.position.offset;
    return {
      position: first.position,
      sentence: this.#sentence(read.index, read.position.offset),
      progress: atEnd || this.#total === 0 ? 1 : Math.min(1, gone / this.#total),
    };
  }

  #sentence(index: number, offset: number): Passage {
    const block = this.#blocks[index] as Block;
    const sentence = sentenceAt(block.text, offset, this.#root.lang || 'und') ?? { start: 0, end: block.text.length };
    return {
      start: { block: block.id, offset: sentence.start },
      end: { block: block.id, offset: sentence.end },
    };
  }

  /** The first position whose line reaches below `y` (in page coordinates). */
  #positionAt(y: number): { index: number; position: Position } | null {
    const { tops } = this.#measure();
    if (tops.length === 0) return null;
    const index = Math.max(0, firstIndex(tops.length, (at) => (tops[at] ?? 0) > y) - 1);
    const element = this.#elements[index] as HTMLElement;
    const block = this.#blocks[index] as Block;
    if ((tops[index] ?? 0) >= y) return { index, position: { block: block.id, offset: 0 } };
    const offset = offsetAtLine(element, y - scrollY);
    if (offset !== null) return { index, position: { block: block.id, offset } };
    const next = Math.min(index + 1, this.#blocks.length - 1);
    const after = this.#blocks[next] as Block;
    return { index: next, position: { block: after.id, offset: next === index ? block.text.length : 0 } };
  }

  #isStale(): boolean {
    const measured = this.#measured;
    if (measured === null) return false;
    return measured.width !== this.#root.offsetWidth || measured.height !== this.#root.offsetHeight;
  }

  #measure(): Measured {
    if (this.#measured !== null) return this.#measured;
    const tops = Float64Array.from(this.#elements, (element) => element.getBoundingClientRect().top + scrollY);
    const bottom = (this.#elements.at(-1)?.getBoundingClientRect().bottom ?? 0) + scrollY;
    this.#measured = { tops, bottom, width: this.#root.offsetWidth, height: this.#root.offsetHeight };
    return this.#measured;
  }
}

/** The offset of the first character of a block whose line ends below `y` (in the viewport); null when none does. */
function offsetAtLine(element: HTMLElement, y: number): number | null {
  const runs = element.querySelectorAll('[data-o]');
  const runIndex = firstIndex(runs.length, (index) => bottomOf(runs[index] as Element) > y);
  const run = runs[runIndex];
  const text = run?.firstChild;
  if (run === undefined || !(text instanceof Text)) return null;
  const range = document.createRange();
  const inRun = firstIndex(text.length, (index) => {
    range.setStart(text, index);
    // A space at the end of a line has no box of its own: then its neighbour answers for it.
    range.setEnd(text, index + 1);
    if (range.getClientRects().length === 0) range.setEnd(text, Math.min(index + 2, text.length));
    return bottomOf(range) > y;
  });
  return Number(run.getAttribute('data-o')) + Math.min(inRun, Math.max(0, text.length - 1));
}

function bottomOf(part: Element | Range): number {
  const rects = part.getClientRects();
  return rects[rects.length - 1]?.bottom ?? 0;
}

/** Where the page must be scrolled so that the top of this range stands at `line` of the screen beneath the head. */
export function scrollTopFor(range: Range, headHeight: number, line: number = READING_LINE): number {
  const shown = range.cloneRange();
  const { endContainer: text, endOffset: end } = range;
  if (range.collapsed && text instanceof Text && end < text.length) shown.setEnd(text, end + 1);
  const rect = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  return Math.max(0, scrollY + rect.top - headHeight - (innerHeight - headHeight) * line);
}
