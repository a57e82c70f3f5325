import type { Passage, Position } from '../anchor.ts';
import { FlatText, type TextBlock } from '../flat-text.ts';

/** Code points in the first `end` UTF-16 units of a text. */
export function codePointsIn(text: string, end: number): number {
  let count = 0;
  for (let at = 0; at < end && at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** How many UTF-16 units so many code points of a text are; null when it has fewer. */
export function unitsOf(text: string, codePoints: number): number | null {
  let at = 0;
  for (let count = 0; count < codePoints; count += 1) {
    if (at >= text.length) return null;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/**
 * A chapter in which exchange formats count. Anchors count UTF-16 units of a block; the W3C selectors count code points, of
 * a block or of the whole text, which is the blocks joined by `\n`.
 */
export class MeasuredText {
  readonly flat: FlatText;
  /** Code points before each block, and at the end those of the whole text. */
  readonly #before: Int32Array;
  readonly #length: number;
  readonly #byId: ReadonlyMap<string, number>;

  constructor(blocks: readonly TextBlock[]) {
    this.flat = new FlatText(blocks);
    this.#before = new Int32Array(blocks.length);
    let before = 0;
    for (const [index, { text }] of blocks.entries()) {
      this.#before[index] = before;
      before += codePointsIn(text, text.length) + 1;
    }
    this.#length = Math.max(0, before - 1);
    this.#byId = new Map(blocks.map(({ id }, index) => [id, index]));
  }

  /** Code points of the whole text. */
  get length(): number {
    return this.#length;
  }

  block(id: string): TextBlock | null {
    return this.flat.blocks[this.#byId.get(id) ?? -1] ?? null;
  }

  /** Code points before a position, in its block and in the whole text; null when it is not in this text. */
  pointOf({ block, offset }: Position): { inBlock: number; inText: number } | null {
    const index = this.#byId.get(block) ?? -1;
    const text = this.flat.blocks[index]?.text;
    if (text === undefined || offset > text.length) return null;
    const inBlock = codePointsIn(text, offset);
    return { inBlock, inText: (this.#before[index] ?? 0) + inBlock };
  }

  /** The position before which so many code points of the whole text stand; null beyond its end. */
  positionAt(codePoints: number): Position | null {
    if (codePoints < 0 || codePoints > this.#length) return null;
    let low = 0;
    let high = this.#before.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#before[middle] ?? 0) <= codePoints) low = middle;
      else high = middle - 1;
    }
    return this.positionIn(this.flat.blocks[low]?.id ?? '', codePoints - (this.#before[low] ?? 0));
  }

  /** The same within one block. */
  positionIn(block: string, codePoints: number): Position | null {
    const found = this.block(block);
    const offset = found && unitsOf(found.text, codePoints);
    return found === null || offset === null ? null : { block: found.id, offset };
  }

  passage(start: Position | null, end: Position | null): Passage | null {
    if (start === null || end === null) return null;
    const [from, to] = [this.flat.offsetOf(start), this.flat.offsetOf(end)];
    return from === null || to === null || from >= to ? null : { start, end };
  }
}
