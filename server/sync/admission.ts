/** Newcomers who are let in at the same time: enough to keep the process busy, few enough that the first are not served last. */
const ENTERING_MAX = 16;

/**
 * Lets a crowd in one after the other, in the order in which it came: a few at a time are looked up and sent their
 * document, the others wait at the door without costing anything.
 */
export class Admission {
  #entering = 0;
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is one's turn. Whoever came in calls what they are given once they have what they came for. */
  async enter(): Promise<() => void> {
    if (this.#entering < ENTERING_MAX) this.#entering += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#entering -= 1;
    };
  }
}
