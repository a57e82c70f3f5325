/** A stretch `[start, end)` of a text. */
export interface Span {
  start: number;
  end: number;
}

const HASH_FACTOR = 0x9e3779b1;

/**
 * Where the short strings of a text stand: every `size` UTF-16 units that lie inside one of the given spans. Built once,
 * so that thousands of quotes are found without reading the text again for each.
 */
export class GramIndex {
  readonly text: string;
  readonly size: number;
  readonly #heads: Int32Array;
  /** For each position of the text, the next one of the same hash; -1 ends the chain. */
  readonly #next: Int32Array;
  readonly #mask: number;

  constructor(text: string, spans: readonly Span[], size: number) {
    this.text = text;
    this.size = size;
    const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const buckets = 2 ** Math.min(20, Math.max(4, Math.ceil(Math.log2(total + 1))));
    this.#mask = buckets - 1;
    this.#heads = new Int32Array(buckets).fill(-1);
    this.#next = new Int32Array(text.length).fill(-1);
    // Backwards, so that chains run forward.
    for (const { start, end } of spans.toReversed()) {
      for (let at = end - size; at >= start; at -= 1) {
        const bucket = this.#bucketOf(text, at);
        this.#next[at] = this.#heads[bucket] ?? -1;
        this.#heads[bucket] = at;
      }
    }
  }

  /** Positions of the gram at `at` of another text, in order; at most so many are looked at. */
  positionsOf(other: string, at: number, most: number): number[] {
    const found: number[] = [];
    let position = this.#heads[this.#bucketOf(other, at)] ?? -1;
    for (let looked = 0; position >= 0 && looked < most; looked += 1) {
      if (this.#sameAt(other, at, position)) found.push(position);
      position = this.#next[position] ?? -1;
    }
    return found;
  }

  #sameAt(other: string, at: number, position: number): boolean {
    for (let index = 0; index < this.size; index += 1) {
      if (this.text.charCodeAt(position + index) !== other.charCodeAt(at + index)) return false;
    }
    return true;
  }

  #bucketOf(text: string, at: number): number {
    let hash = 0;
    for (let index = 0; index < this.size; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at + index), HASH_FACTOR);
      hash ^= hash >>> 15;
    }
    return hash & this.#mask;
  }
}
