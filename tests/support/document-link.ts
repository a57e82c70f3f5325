import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { isFinalClose } from '#shared/protocol/close-codes.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { Bell } from './bell.ts';

const MESSAGE_SYNC = 0;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/**
 * A reader of one document that speaks y-websocket's protocol. Its copy outlives its socket, as in a browser that kept it:
 * after a reconnect it asks only for what it lacks. Everything that it was ever sent is kept, to be searched for what it
 * should never have seen.
 */
export class DocumentLink {
  readonly doc = new Y.Doc();
  readonly frames: Uint8Array[] = [];
  /** Close codes after which an honest client would not have come back. There should be none. */
  readonly finalCloses: number[] = [];
  readonly #path: string;
  readonly #bell: Bell;
  #socket: WebSocket | null = null;
  #opening: Promise<boolean> = Promise.resolve(false);
  #synced = false;

  constructor(path: string, bell: Bell) {
    this.#path = path;
    this.#bell = bell;
    this.doc.on('update', () => bell.ring());
  }

  /** Whether the server's whole state has come over the socket that is open now. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Resolves with true once it is synchronised, with false when that failed. Never rejects. */
  connect(open: (path: string) => WebSocket): Promise<boolean> {
    if (this.#socket !== null) return this.#opening;
    const lineage = marginMaps(this.doc).meta.get('lineage');
    const socket = open(lineage === undefined ? this.#path : `${this.#path}?lineage=${lineage}`);
    socket.binaryType = 'nodebuffer';
    this.#socket = socket;
    this.#opening = new Promise((resolve) => {
      socket.once('open', () => socket.send(this.#question()));
      socket.on('message', (data) => {
        if (this.#socket !== socket) return;
        if (this.#take(new Uint8Array(data as Buffer))) {
          this.#synced = true;
          resolve(true);
        }
        this.#bell.ring();
      });
      // A close follows.
      socket.on('error', () => undefined);
      socket.once('close', (code) => {
        if (isFinalClose(code)) this.finalCloses.push(code);
        if (this.#socket === socket) this.#lose();
        resolve(false);
        this.#bell.ring();
      });
    });
    return this.#opening;
  }

  /** `cut` is a cable pulled, `close` a page left. */
  drop(how: 'cut' | 'close'): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#lose();
    if (how === 'cut') socket.terminate();
    else socket.close();
    this.#bell.ring();
  }

  #lose(): void {
    this.#socket = null;
    this.#synced = false;
  }

  #question(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    encoding.writeVarUint(encoder, SYNC_STEP_1);
    encoding.writeVarUint8Array(encoder, Y.encodeStateVector(this.doc));
    return encoding.toUint8Array(encoder);
  }

  /** True when the frame was the answer to the question. */
  #take(frame: Uint8Array): boolean {
    this.frames.push(frame);
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    const step = decoding.readVarUint(decoder);
    if (type !== MESSAGE_SYNC || (step !== SYNC_STEP_2 && step !== SYNC_UPDATE)) {
      throw new Error(`the server sent a frame of type ${type}, step ${step}`);
    }
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder));
    return step === SYNC_STEP_2;
  }
}
