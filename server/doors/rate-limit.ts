import { RATE_BUCKETS_MAX } from '#server/limits.ts';
/** A bucket holds `burst` tokens and gains `perSecond` of them back; each request takes one. */
export interface Rate {
  burst: number;
  perSecond: number;
}

export type Admission = { ok: true } | { ok: false; retryAfterSeconds: number };

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * Token buckets by key. A bucket that has been full again is forgotten; when there are too many, the one that was used
 * longest ago goes, which at worst lets somebody off early and never locks anybody out.
 */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  take(key: string, cost = 1): Admission {
    const now = this.#now();
    const bucket = this.#filled(key, now);
    // Deleted and set again, so that the map's order is the order of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    this.#forget(now);
    if (bucket.tokens >= cost) {
      bucket.tokens -= cost;
      return { ok: true };
    }
    return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((cost - bucket.tokens) / this.#rate.perSecond)) };
  }

  #filled(key: string, now: number): Bucket {
    const bucket = this.#buckets.get(key);
    if (!bucket) return { tokens: this.#rate.burst, filledAt: now };
    const gained = ((now - bucket.filledAt) / 1_000) * this.#rate.perSecond;
    return { tokens: Math.min(this.#rate.burst, bucket.tokens + Math.max(0, gained)), filledAt: now };
  }

  #forget(now: number): void {
    const fullAgainMs = (this.#rate.burst / this.#rate.perSecond) * 1_000;
    for (const [key, bucket] of this.#buckets) {
      const stale = now - bucket.filledAt > fullAgainMs;
      if (!stale && this.#buckets.size <= RATE_BUCKETS_MAX) return;
      this.#buckets.delete(key);
    }
  }
}
