/** Rung whenever something happened; whoever waits for a state of things looks again then, and at no other time. */
export class Bell {
  #waiting: { holds: () => boolean; resolve: () => void }[] = [];

  ring(): void {
    const ready = this.#waiting.filter(({ holds }) => holds());
    if (ready.length === 0) return;
    this.#waiting = this.#waiting.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve();
  }

  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ holds, resolve });
    });
  }
}
