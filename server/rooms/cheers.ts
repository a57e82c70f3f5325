import { CHEERS_PER_SECOND, CHEER_BURST_MAX } from '#shared/protocol/limits.ts';
import type { Cheer } from '#shared/protocol/session.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { CHEERS_PER_TICK_MAX } from '#server/limits.ts';
import { TokenBuckets } from './token-bucket.ts';

/** The small passing signs, collected for the next tick. Nothing of them is kept. */
export class Cheers {
  readonly #buckets: TokenBuckets<MemberId>;
  #waiting: { member: MemberId; cheer: Cheer }[] = [];

  constructor(now: () => number) {
    this.#buckets = new TokenBuckets(CHEER_BURST_MAX, CHEERS_PER_SECOND, now);
  }

  /** False when this one is dropped: too many in this tick, or too many of one person. */
  add(member: MemberId, cheer: Cheer): boolean {
    if (this.#waiting.length >= CHEERS_PER_TICK_MAX || !this.#buckets.take(member)) return false;
    this.#waiting.push({ member, cheer });
    return true;
  }

  take(): { member: MemberId; cheer: Cheer }[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
