import type { Block } from '#shared/text/block.ts';
import type { Passage, Position } from './anchor.ts';

/** What anchoring needs of a block. */
export type TextBlock = Pick<Block, 'id' | 'text'>;

/**
 * A chapter as one string, its blocks joined by `\n` as in quotes, with the way there and back. Offsets are UTF-16 units,
 * of the string here and of the block in a `Position`.
 */
export class FlatText {
  readonly blocks: readonly TextBlock[];
  readonly text: string;
  /** Where each block begins in `text`. */
  readonly begins: Int32Array;
  readonly #indexOf: Map<string, number>;

  constructor(blocks: readonly TextBlock[]) {
    this.blocks = blocks;
    this.text = blocks.map(({ text }) => text).join('\n');
    this.begins = new Int32Array(blocks.length);
    this.#indexOf = new Map(blocks.map(({ id }, index) => [id, index]));
    let begins = 0;
    for (const [index, { text }] of blocks.entries()) {
      this.begins[index] = begins;
      begins += text.length + 1;
    }
  }

  /** Null when the position is not in this text. */
  offsetOf({ block, offset }: Position): number | null {
    const index = this.#indexOf.get(block);
    if (index === undefined || offset > (this.blocks[index]?.text.length ?? 0)) return null;
    return (this.begins[index] ?? 0) + offset;
  }

  /** The block that holds the character at `offset`; the `\n` after a block belongs to it. */
  blockAt(offset: number): number {
    let low = 0;
    let high = this.begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.begins[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The position of an offset of `text`. */
  positionAt(offset: number): Position {
    const index = this.blockAt(offset);
    return { block: this.blocks[index]?.id ?? 'b1', offset: offset - (this.begins[index] ?? 0) };
  }

  passage(start: number, end: number): Passage {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
