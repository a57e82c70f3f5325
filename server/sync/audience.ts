import * as Y from 'yjs';
import type { SharedDocument } from '#server/rooms/rooms.ts';
import { answerParts, updateFrame } from './frames.ts';
import { Pace } from './pace.ts';
import { webSocketFrame, webSocketPieces } from './web-socket-frame.ts';

/** One socket that reads a document: it is answered what it lacks, then sent what comes. All is framed, as on the wire. */
export interface Reader {
  /** Bytes of one or several frames, to be written one after the other. */
  answer(pieces: readonly Uint8Array[]): void;
  send(frame: Buffer): void;
}

/** The document as it once was, with what was sent since: together they are the document as its readers have it. */
interface Whole {
  pieces: Uint8Array[];
  bytes: number;
  /** Past this it is cheaper for everybody to encode it anew. */
  bytesMax: number;
  used: boolean;
}

/** How much longer than the document itself the pieces may grow that bring it to a newcomer. */
const WHOLE_GROWTH = 1.25;
const WHOLE_GROWTH_MIN_BYTES = 64_000;

/**
 * All sockets that read one document. What comes is sent at once when it is quiet and in ticks under load; it is merged
 * and framed once for all of them. So is the whole document, which is what everybody asks for who comes in new: it is
 * encoded once for a crowd that comes together, also when people write meanwhile.
 */
export class Audience {
  readonly #document: SharedDocument;
  readonly #delivered: (update: Uint8Array) => void;
  /** True for those who have been answered: before that, updates would only pile up in a copy that lacks their past. */
  readonly #readers = new Map<Reader, boolean>();
  readonly #unsubscribe: () => void;
  readonly #pace = new Pace(() => this.#send());
  #waiting: Uint8Array[] = [];
  #whole: Whole | null = null;

  /** `delivered` hears of every update once each reader's socket has it. */
  constructor(document: SharedDocument, delivered: (update: Uint8Array) => void) {
    this.#document = document;
    this.#delivered = delivered;
    this.#unsubscribe = document.subscribe((update) => {
      this.#waiting.push(update);
      this.#pace.request();
    });
  }

  enter(reader: Reader): void {
    this.#readers.set(reader, false);
  }

  /** Answers what this reader lacks and sends it every update from then on. Throws when the state vector is garbage. */
  catchUp(reader: Reader, stateVector: Uint8Array): void {
    const isNew = stateVector.length === 1 && stateVector[0] === 0;
    reader.answer(isNew ? this.#wholePieces() : webSocketPieces(...answerParts(this.#document.diff(stateVector))));
    this.#readers.set(reader, true);
  }

  /** How many are left. */
  leave(reader: Reader): number {
    this.#readers.delete(reader);
    return this.#readers.size;
  }

  /** Called now and then: lets go of the encoded document when nobody came for it since the last time. */
  rest(): void {
    if (this.#whole?.used) this.#whole.used = false;
    else this.#whole = null;
  }

  end(): void {
    this.#pace.stop();
    this.#unsubscribe();
  }

  #wholePieces(): readonly Uint8Array[] {
    if (!this.#whole) {
      const document = this.#document.diff(new Uint8Array());
      const { length: bytes } = document;
      const bytesMax = Math.max(bytes * WHOLE_GROWTH, bytes + WHOLE_GROWTH_MIN_BYTES);
      this.#whole = { pieces: webSocketPieces(...answerParts(document)), bytes, bytesMax, used: true };
    }
    this.#whole.used = true;
    return this.#whole.pieces;
  }

  #send(): void {
    const updates = this.#waiting;
    this.#waiting = [];
    const [first] = updates;
    if (!first) return;
    const update = updates.length === 1 ? first : Y.mergeUpdates(updates);
    const frame = webSocketFrame(updateFrame(update));
    if (this.#whole) this.#append(this.#whole, frame, update);
    for (const [reader, caughtUp] of this.#readers) if (caughtUp) reader.send(frame);
    for (const one of updates) this.#delivered(one);
  }

  #append(whole: Whole, frame: Buffer, update: Uint8Array): void {
    whole.bytes += frame.length;
    // What was hidden or taken back must not reach whoever comes afterwards, not even together with its removal.
    const removes = Y.decodeUpdate(update).ds.clients.size > 0;
    if (removes || whole.bytes > whole.bytesMax) this.#whole = null;
    else whole.pieces.push(frame);
  }
}
