/** Something to do in the next frame, once, however often it is asked for until then. */
export class OneFrame {
  #frame = 0;

  ask(act: () => void): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(act);
  }

  cancel(): void {
    cancelAnimationFrame(this.#frame);
  }
}
