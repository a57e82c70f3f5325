import { setImmediate } from 'node:timers/promises';

/** After this much work everybody else has a turn. */
const SLICE_MS = 8;

/** Work cut into slices, until its time is up or nobody waits for it. */
export class Slices {
  areOver = false;
  readonly #isGone: () => boolean;
  readonly #deadline: number;
  #ends = performance.now() + SLICE_MS;

  constructor(workMaxMs: number, isGone: () => boolean) {
    this.#deadline = performance.now() + workMaxMs;
    this.#isGone = isGone;
  }

  get isSpent(): boolean {
    return performance.now() > this.#ends;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#ends = performance.now() + SLICE_MS;
    this.areOver = this.#isGone() || performance.now() > this.#deadline;
  }
}
