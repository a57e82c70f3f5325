/**
 * After each time of sending so many times as long is left to everything else: sending to one audience never takes more than
 * half of the process. A room's rounds rest by themselves (`rooms/round-pace.ts`), so this is for those that do not.
 */
const REST_FACTOR = 1;
/** Nobody waits longer than this for a remark, however large the room. */
const REST_MAX_MS = 50;

/**
 * When to send: at once when it is quiet, in ticks under load. How long a tick is follows from how long the last sending
 * took, so one reader or five thousand need no other setting.
 */
export class Pace {
  readonly #send: () => void;
  #restsUntil = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: () => void) {
    this.#send = send;
  }

  /** There is something to send. It is sent before this returns, or in the next tick together with what else comes. */
  request(): void {
    if (this.#timer) return;
    const rest = this.#restsUntil - performance.now();
    if (rest <= 0) this.#run();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#run();
      }, rest);
    }
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    const from = performance.now();
    this.#send();
    const to = performance.now();
    this.#restsUntil = to + Math.min(REST_MAX_MS, (to - from) * REST_FACTOR);
  }
}
