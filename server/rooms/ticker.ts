/** Ten ticks a second: what a hand on a page can follow, and a fixed price however many people move. */
export const TICK_MS = 100;

/** Runs `tick` at most ten times a second, and only while somebody asked for it. `tick` says whether it wants to go on. */
export class Ticker {
  readonly #tick: () => boolean;
  #timer: NodeJS.Timeout | null = null;

  constructor(tick: () => boolean) {
    this.#tick = tick;
  }

  request(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#tick()) this.request();
    }, TICK_MS).unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
