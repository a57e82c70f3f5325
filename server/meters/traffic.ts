import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Way } from './meters.ts';

const byWay = (): Record<Way, number> => ({ http: 0, events: 0, sync: 0 });

/**
 * Open connections by what they carry, and the bytes that each kind was sent. The sockets count their bytes themselves, so
 * this costs nothing while bytes flow.
 */
export class Traffic {
  readonly #open = new Map<Duplex, { socket: Socket; way: Way }>();
  readonly #sentBefore = byWay();

  connected(socket: Socket): void {
    this.#open.set(socket, { socket, way: 'http' });
    socket.once('close', () => {
      const closed = this.#open.get(socket);
      this.#open.delete(socket);
      if (closed) this.#sentBefore[closed.way] += socket.bytesWritten;
    });
  }

  /** This connection is a WebSocket from now on. */
  upgraded(socket: Duplex, way: Way): void {
    const connection = this.#open.get(socket);
    if (connection) connection.way = way;
  }

  connections(): Record<Way, number> {
    const count = byWay();
    for (const { way } of this.#open.values()) count[way] += 1;
    return count;
  }

  /** Bytes since the start of the process. */
  sent(): Record<Way, number> {
    const bytes = { ...this.#sentBefore };
    for (const { socket, way } of this.#open.values()) bytes[way] += socket.bytesWritten;
    return bytes;
  }
}
