import * as decoding from 'lib0/decoding';

/** Updates that went out over the present socket, and how many of them the server says are on its disk. */
export interface WriteCount {
  sent: number;
  saved: number;
}

const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;

/**
 * The browser's WebSocket as y-websocket is to use it: it counts what the server will confirm, and keeps back awareness of
 * others, which y-websocket sends to the server again whenever it hears of it.
 */
export function countingSocket(count: WriteCount, client: number): typeof WebSocket {
  return class CountingSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      count.sent = 0;
      count.saved = 0;
    }

    override send(frame: Uint8Array<ArrayBuffer>): void {
      if (frame[0] === MESSAGE_AWARENESS && !speaksFor(frame, client)) return;
      if (isWrite(frame)) count.sent += 1;
      super.send(frame);
    }
  };
}

/** A sync message of step 2 or an update, with something in it. */
function isWrite(frame: Uint8Array): boolean {
  if (frame[0] !== MESSAGE_SYNC || frame[1] === 0) return false;
  return !(frame.length === 5 && frame[2] === 2 && frame[3] === 0 && frame[4] === 0);
}

function speaksFor(frame: Uint8Array, client: number): boolean {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  const update = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  const entries = decoding.readVarUint(update);
  for (let index = 0; index < entries; index += 1) {
    if (decoding.readVarUint(update) === client) return true;
    decoding.readVarUint(update);
    decoding.readVarString(update);
  }
  return false;
}
