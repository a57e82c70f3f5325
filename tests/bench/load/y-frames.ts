import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import * as Y from 'yjs';

export const MESSAGE_SYNC = 0;
export const MESSAGE_AWARENESS = 1;
export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

const nothing = new Uint8Array([0]);
const noUpdate = new Uint8Array([0, 0]);

/** Sync messages of y-websocket, without what a server may want in front of them. */
export const question = syncMessage(SYNC_STEP_1, nothing);
/** What an honest client without a copy answers when it is asked what it has. */
export const nothingToTell = syncMessage(SYNC_STEP_2, noUpdate);

export function syncMessage(step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

/** The update inside a sync message that begins at this byte. */
export function updateIn(frame: Uint8Array, at: number): Uint8Array {
  const decoder = decoding.createDecoder(frame.subarray(at));
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

/** A state of awareness as y-protocols sends it. */
export function awarenessMessage(client: number, clock: number, state: unknown): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, 1);
  encoding.writeVarUint(update, client);
  encoding.writeVarUint(update, clock);
  encoding.writeVarString(update, JSON.stringify(state));
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update));
  return encoding.toUint8Array(encoder);
}

/** The copy of one person who writes it themselves, as every client of the peers does. */
export class WriterDocument {
  readonly #doc = new Y.Doc();
  readonly #maps = marginMaps(this.#doc);
  #update: Uint8Array = noUpdate;

  constructor() {
    this.#doc.on('update', (update: Uint8Array) => {
      this.#update = update;
    });
  }

  get client(): number {
    return this.#doc.clientID;
  }

  /** The update that these records are. */
  write(records: readonly Annotation[]): Uint8Array {
    this.#doc.transact(() => {
      for (const record of records) this.#maps.annotations.set(record.id, record);
    });
    return this.#update;
  }

  react(target: AnnotationId, emoji: string, member: MemberId): Uint8Array {
    this.#maps.reactions.set(target, { [emoji]: [member] });
    return this.#update;
  }
}
