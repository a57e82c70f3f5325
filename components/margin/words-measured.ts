import type { Passage } from '#shared/anchoring/anchor.ts';
import type { BlockId } from '#shared/text/block.ts';
import { measurePassage } from './measure.ts';

/** Where the words of a card stand, in px of the column. */
export interface WordsBox {
  baseline: number;
  firstLineRight: number;
}

/**
 * Measures the words of cards and remembers where they stood until told that their lines may have moved. A note that comes
 * to thousands of others then costs the measuring of its own words, not of all.
 */
export class WordsMeasured {
  readonly #boxes = new Map<string, { passage: Passage; box: WordsBox | null }>();

  /** Null where the words are not on the page. */
  of(id: string, passage: Passage, text: HTMLElement, column: DOMRect): WordsBox | null {
    const known = this.#boxes.get(id);
    if (known?.passage.start.block === passage.start.block && known.passage.start.offset === passage.start.offset) {
      return known.box;
    }
    const measured = measurePassage(text, passage);
    const box = measured && {
      baseline: measured.baseline - column.top,
      firstLineRight: measured.firstLineRight - column.left,
    };
    this.#boxes.set(id, { passage, box });
    return box;
  }

  /** The text was set anew. */
  forgetAll(): void {
    this.#boxes.clear();
  }

  /** The marks in these blocks changed, and a mark may bear a sign that moves the words behind it. */
  forget(blocks: ReadonlySet<BlockId>): void {
    for (const [id, { passage }] of this.#boxes) if (blocks.has(passage.start.block)) this.#boxes.delete(id);
  }
}
