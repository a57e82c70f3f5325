/** How many of something each key holds now, up to a limit that is the same for all. */
export class Tally {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one for all of these keys, or none when one of them holds its most. */
  take(keys: readonly string[]): boolean {
    if (keys.some((key) => (this.#held.get(key) ?? 0) >= this.#most)) return false;
    for (const key of keys) this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
    return true;
  }

  /** Gives back what was taken for these keys. */
  give(keys: readonly string[]): void {
    for (const key of keys) {
      const left = (this.#held.get(key) ?? 0) - 1;
      if (left > 0) this.#held.set(key, left);
      else this.#held.delete(key);
    }
  }
}
