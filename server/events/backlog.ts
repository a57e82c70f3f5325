import { LOST_BACKLOG_BYTES, SLOW_BACKLOG_BYTES } from '#server/limits.ts';
import type { RoomSocket } from './room-socket.ts';

/** A slow socket counts as slow until it has no more than this share of the limit left to take. */
const CAUGHT_UP = 1 / 8;

/** How well a socket follows what it is sent. */
export type Following = 'well' | 'slowly' | 'not';

/**
 * What waits to be sent to one socket: packets that Engine.IO holds back until the last ones are out, and bytes that the
 * system has not taken yet. UTF-16 units stand for bytes in the first part.
 */
export class Backlog {
  readonly #socket: RoomSocket;
  #heldBack = 0;

  constructor(socket: RoomSocket) {
    this.#socket = socket;
    socket.conn.on('packetCreate', ({ data }: { data?: unknown }) => {
      if (typeof data === 'string') this.#heldBack += data.length;
    });
    // Engine.IO hands all that it holds back to the socket at once.
    socket.conn.on('drain', () => {
      this.#heldBack = 0;
    });
  }

  follows(wasSlow: boolean): Following {
    const bytes = this.#heldBack + this.#socket.request.socket.writableLength;
    if (bytes > LOST_BACKLOG_BYTES) return 'not';
    return bytes > SLOW_BACKLOG_BYTES * (wasSlow ? CAUGHT_UP : 1) ? 'slowly' : 'well';
  }
}
