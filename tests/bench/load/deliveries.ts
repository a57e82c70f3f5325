import { createHistogram } from 'node:perf_hooks';

/** Frames that many readers get alike; told apart again they cost a comparison instead of a search. */
const REMEMBERED_FRAMES = 32;
const MICROS = 1_000;

/**
 * Counts what arrives, by the numbers that frames carry, and how long after its planned time each one came. `pattern`
 * finds the numbers in a frame; what is not of the window is not counted.
 */
export class Deliveries {
  readonly #pattern: RegExp;
  readonly #latency = createHistogram();
  readonly #frames: { bytes: Buffer; numbers: number[] }[] = [];
  #next = 0;
  #first = 0;
  #due: readonly number[] = [];
  #count = 0;

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  /** From now on the numbers from `first` on count, planned for these moments (`performance.now()`). */
  begin(first: number, due: readonly number[]): void {
    this.#first = first;
    this.#due = due;
    this.#count = 0;
    this.#latency.reset();
  }

  get count(): number {
    return this.#count;
  }

  /** Milliseconds within which this share of all arrived. */
  within(percentile: number): number {
    return this.#latency.count === 0 ? Number.NaN : this.#latency.percentile(percentile) / MICROS;
  }

  take(frame: Buffer): void {
    const now = performance.now();
    for (const number of this.#numbersIn(frame)) {
      const due = this.#due[number - this.#first];
      if (due === undefined) continue;
      this.#count += 1;
      this.#latency.record(Math.max(1, Math.round((now - due) * MICROS)));
    }
  }

  #numbersIn(frame: Buffer): number[] {
    for (const known of this.#frames) if (known.bytes.equals(frame)) return known.numbers;
    const found = new Set<number>();
    for (const match of frame.toString('latin1').matchAll(this.#pattern)) found.add(Number(match[1]));
    const numbers = [...found];
    this.#frames[this.#next] = { bytes: Buffer.from(frame), numbers };
    this.#next = (this.#next + 1) % REMEMBERED_FRAMES;
    return numbers;
  }
}
