import type { MemberId } from '#shared/records/ids.ts';

/** Those who wait rest until, added up, they have waited so many times as long as one command of the last round took. */
const WORTH = 10;
/** A room whose last round lies so many times its own length back is quiet: there is nobody to wait for. */
const QUIET_AFTER_ROUNDS = 16;
/** Nobody waits longer than this for others, however much a round costs. */
const REST_MAX_MS = 50;

/** Who waits for the next round, since when (`performance.now()`). */
export interface Waiting {
  by: MemberId;
  since: number;
}

/**
 * When a room's next round begins. A round costs about the same whether it writes one command or five: a sync to disk, an
 * update, and a frame to each reader. So a round rests until those who wait have, together, waited as long as what they
 * save is worth, as for acknowledgements of packets in batches (Dooly, Goldman and Scott, 'On-line analysis of the TCP
 * acknowledgment delay problem', Journal of the ACM 48, 2001); here its price is shared by those of the last round. The
 * larger the room, the longer the rest; the more people write, the shorter, until under pressure there is none at all. No
 * setting depends on a room's size or on a machine's speed.
 */
export class RoundPace {
  #beganAt = 0;
  #endedAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #written = 1;
  #onlyWriter: MemberId | null = null;

  began(round: readonly Waiting[]): void {
    this.#beganAt = performance.now();
    this.#written = Math.max(1, round.length);
    const [first, second] = round;
    this.#onlyWriter = first && !second ? first.by : null;
  }

  ended(): void {
    this.#endedAt = performance.now();
    this.#tookMs = this.#endedAt - this.#beganAt;
  }

  /** For how long these rest from now on when nobody else comes; 0 when their round is to begin. Asked again whenever one comes. */
  restMs(waiting: readonly Waiting[]): number {
    const [first] = waiting;
    if (!first || this.#writesOnAndOn(waiting)) return 0;
    const now = performance.now();
    if (first.since >= this.#endedAt + this.#tookMs * QUIET_AFTER_ROUNDS) return 0;
    const waited = waiting.reduce((sum, { since }) => sum + now - since, 0);
    const worthIt = ((this.#tookMs / this.#written) * WORTH - waited) / waiting.length;
    return Math.max(0, Math.min(worthIt, first.since + REST_MAX_MS - now));
  }

  /** Somebody who sends the next when the last one is answered is joined by nobody, and would be held up each time. */
  #writesOnAndOn(waiting: readonly Waiting[]): boolean {
    return waiting.length === 1 && waiting[0]?.by === this.#onlyWriter;
  }
}
