import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Message types of y-websocket (`y-websocket.js`) and of its sync messages (`y-protocols/PROTOCOL.md`). */
const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;
const MESSAGE_QUERY_AWARENESS = 3;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

export type ClientFrame =
  /** 'This is what I have': a state vector. */
  | { kind: 'asks'; stateVector: Uint8Array }
  /** Awareness, which travels elsewhere, or an update without content. */
  | { kind: 'idle' }
  /** An update with content: nobody but the server writes here. */
  | { kind: 'writes' };

/** Reads one frame of a client; null when it is not of the protocol. */
export function readFrame(frame: Uint8Array): ClientFrame | null {
  try {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE_AWARENESS || type === MESSAGE_QUERY_AWARENESS) return { kind: 'idle' };
    if (type !== MESSAGE_SYNC) return null;
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (decoding.hasContent(decoder)) return null;
    if (step === SYNC_STEP_1) return { kind: 'asks', stateVector: payload };
    if (step === SYNC_STEP_2 || step === SYNC_UPDATE) return { kind: isEmptyUpdate(payload) ? 'idle' : 'writes' };
    return null;
  } catch {
    return null;
  }
}

/** No structs and no deletions: what an honest client answers when it has nothing that we lack. */
const isEmptyUpdate = (update: Uint8Array): boolean => update.length === 2 && update[0] === 0 && update[1] === 0;

/** What the client lacked; it counts as synchronised from then on. */
export const answerFrame = (missing: Uint8Array): Uint8Array => syncFrame(SYNC_STEP_2, missing);

/** The same in two parts, so that a whole document need not be copied. */
export const answerParts = (missing: Uint8Array): [head: Uint8Array, body: Uint8Array] => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, SYNC_STEP_2);
  encoding.writeVarUint(encoder, missing.length);
  return [encoding.toUint8Array(encoder), missing];
};

export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(SYNC_UPDATE, update);

/** An update without content. y-websocket closes after 30 s without a message, and pings do not count as one. */
export const beatFrame: Uint8Array = updateFrame(new Uint8Array([0, 0]));

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}
