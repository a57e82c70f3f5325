/** A token bucket for each key: `burst` at once, then `perSecond`. Full buckets are forgotten, so idle keys cost nothing. */
export class TokenBuckets<Key> {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #buckets = new Map<Key, { tokens: number; at: number }>();

  /** `now` gives epoch milliseconds. */
  constructor(burst: number, perSecond: number, now: () => number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Takes one token; false when there is none. */
  take(key: Key): boolean {
    const at = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at };
    // A clock set back must not empty anybody's bucket.
    const refill = (Math.max(0, at - bucket.at) / 1_000) * this.#perSecond;
    const tokens = Math.min(this.#burst, bucket.tokens + refill);
    if (tokens < 1) {
      this.#buckets.set(key, { tokens, at });
      return false;
    }
    this.#buckets.set(key, { tokens: tokens - 1, at });
    return true;
  }

  /** Drops the buckets that have filled up again. */
  sweep(): void {
    const at = this.#now();
    for (const [key, bucket] of this.#buckets) {
      if (bucket.tokens + ((at - bucket.at) / 1_000) * this.#perSecond >= this.#burst) this.#buckets.delete(key);
    }
  }
}
