import type { SharedDocument } from '#server/rooms/rooms.ts';
import { answerFrame, updateFrame } from './frames.ts';

/** One socket that reads a document: it is answered what it lacks, then sent what comes. */
export interface Reader {
  answer(frame: Uint8Array): void;
  send(frame: Uint8Array): void;
}

/**
 * All sockets that read one document. An update is framed once for all of them, and so is the whole document, which is
 * what everybody asks for who comes in new.
 */
export class Audience {
  readonly #document: SharedDocument;
  /** True for those who have been answered: before that, updates would only pile up in a copy that lacks their past. */
  readonly #readers = new Map<Reader, boolean>();
  readonly #unsubscribe: () => void;
  #whole: Uint8Array | null = null;

  /** `delivered` hears of every update once each reader's socket has it. */
  constructor(document: SharedDocument, delivered: (update: Uint8Array) => void) {
    this.#document = document;
    this.#unsubscribe = document.subscribe((update) => {
      this.#whole = null;
      const frame = updateFrame(update);
      for (const [reader, caughtUp] of this.#readers) if (caughtUp) reader.send(frame);
      delivered(update);
    });
  }

  enter(reader: Reader): void {
    this.#readers.set(reader, false);
  }

  /** Answers what this reader lacks and sends it every update from then on. Throws when the state vector is garbage. */
  catchUp(reader: Reader, stateVector: Uint8Array): void {
    const isNew = stateVector.length === 1 && stateVector[0] === 0;
    if (isNew) this.#whole ??= answerFrame(this.#document.diff(stateVector));
    reader.answer(isNew && this.#whole ? this.#whole : answerFrame(this.#document.diff(stateVector)));
    this.#readers.set(reader, true);
  }

  /** How many are left. */
  leave(reader: Reader): number {
    this.#readers.delete(reader);
    return this.#readers.size;
  }

  end(): void {
    this.#unsubscribe();
  }
}
