/** Runs asynchronous tasks one after the other, in the order in which they came. A task that fails stops no other. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;

  run<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#pending += 1;
    const result = this.#last.then(task).finally(() => {
      this.#pending -= 1;
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Tasks that have not finished. */
  get pending(): number {
    return this.#pending;
  }

  /** Resolves when everything queued so far has finished. */
  async drained(): Promise<void> {
    await this.#last;
  }
}
