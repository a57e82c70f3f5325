import * as encoding from 'lib0/encoding';
import type { Whereabouts } from '#shared/protocol/presence.ts';
import type { SessionPlace } from '#shared/protocol/session.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { annotationRecord, type BenchRoom, type Seat } from '../house.ts';
import type { Ears, Reader } from './reader.ts';
import { Wire } from './wire.ts';
import {
  awarenessMessage,
  MESSAGE_AWARENESS,
  MESSAGE_SYNC,
  nothingToTell,
  question,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
  syncMessage,
  updateIn,
  WriterDocument,
} from './y-frames.ts';

const EVERYTHING = Number.MAX_SAFE_INTEGER;
/** Of Hocuspocus: 'who I am', and a sync message that wants no question back. */
const MESSAGE_AUTH = 2;
const MESSAGE_SYNC_REPLY = 4;
const AUTH_TOKEN = 0;
const PROVIDER_VERSION = '4.7.0';

export interface PeerOptions {
  port: number;
  room: BenchRoom;
  seat: Seat;
  ears: Ears;
  /** Hocuspocus puts the document's name in front of each message, and asks for a token first. */
  named: boolean;
}

/** One client of a Yjs server: one socket, on which it also writes. Its own copy holds what it wrote and nothing else. */
export class PeerReader implements Reader {
  readonly ready: Promise<void>;
  readonly #room: BenchRoom;
  readonly #seat: Seat;
  readonly #prefix: Uint8Array;
  readonly #wire: Wire;
  #document: WriterDocument | null = null;
  #clock = 0;
  #closing = false;

  constructor({ port, room, seat, ears, named }: PeerOptions) {
    this.#room = room;
    this.#seat = seat;
    this.#prefix = named ? encoded((encoder) => encoding.writeVarString(encoder, room.chapter)) : new Uint8Array();
    const at = this.#prefix.length;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    const frame = (bytes: Buffer): void => {
      const type = bytes[at];
      const step = bytes[at + 1];
      if (type === MESSAGE_AWARENESS) ears.presence?.(bytes);
      else if (type === MESSAGE_AUTH) this.#send(question);
      else if (type !== MESSAGE_SYNC && type !== MESSAGE_SYNC_REPLY) return;
      else if (step === SYNC_STEP_1) this.#send(nothingToTell);
      else if (step === SYNC_UPDATE) ears.margin?.(bytes);
      else if (step === SYNC_STEP_2) {
        ears.whole?.(updateIn(bytes, at));
        resolve();
      }
    };
    const closed = (code: number): void => {
      if (!this.#closing) reject(new Error(`the server closed a socket with ${code}`));
    };
    const opened = (): void => this.#send(named ? token : question);
    const keep = ears.whole === undefined ? undefined : EVERYTHING;
    this.#wire = new Wire(port, `/${room.chapter}`, {}, { frame, closed }, opened, keep);
    // Whoever is not waited for any more may still be put out.
    this.ready.catch(() => undefined);
  }

  create(number: number): void {
    this.createAll([number]);
  }

  /** Several at once, as what a client wrote before it came. */
  createAll(numbers: readonly number[]): void {
    const records = numbers.map((number) => annotationRecord(this.#room, this.#seat.member, number));
    this.#send(syncMessage(SYNC_UPDATE, this.#own().write(records)));
  }

  react(target: AnnotationId): void {
    this.#send(syncMessage(SYNC_UPDATE, this.#own().react(target, '\u2764\ufe0f', this.#seat.member)));
  }

  move(whereabouts: Whereabouts): void {
    this.#aware({ member: this.#seat.member, ...whereabouts });
  }

  moveSession(place: SessionPlace): void {
    this.#aware({ member: this.#seat.member, ...place });
  }

  close(): void {
    this.#closing = true;
    this.#wire.close();
  }

  #aware(state: unknown): void {
    this.#clock += 1;
    this.#send(awarenessMessage(this.#own().client, this.#clock, state));
  }

  #own(): WriterDocument {
    this.#document ??= new WriterDocument();
    return this.#document;
  }

  #send(message: Uint8Array): void {
    this.#wire.send(this.#prefix.length === 0 ? message : Buffer.concat([this.#prefix, message]));
  }
}

function encoded(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const token = encoded((encoder) => {
  encoding.writeVarUint(encoder, MESSAGE_AUTH);
  encoding.writeVarUint(encoder, AUTH_TOKEN);
  encoding.writeVarString(encoder, '');
  encoding.writeVarString(encoder, PROVIDER_VERSION);
});
