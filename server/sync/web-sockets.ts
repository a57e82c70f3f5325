import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import type { Deadlines } from '#server/doors/deadlines.ts';
import type { Meters } from '#server/meters/meters.ts';

const SERVICE_RESTART = 1012;

export interface WebSocketsParts {
  meters: Meters;
  deadlines: Deadlines;
  /** The largest frame that is read; whoever sends more is cut off (1009). */
  frameMaxBytes: number;
  /** What to do with who comes; the socket is paused until then. */
  onSocket: (ws: WebSocket, socket: Duplex, request: IncomingMessage) => void;
}

/**
 * The WebSockets of one relay, from the upgrade to the goodbye. It accepts first and lets the relay refuse after, because
 * browsers see close codes but no HTTP status.
 */
export class WebSockets {
  readonly #parts: WebSocketsParts;
  readonly #server: WebSocketServer;
  #closing = false;

  constructor(parts: WebSocketsParts) {
    this.#parts = parts;
    // The types of ws do not know `closeTimeout` yet.
    const options: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      maxPayload: parts.frameMaxBytes,
      perMessageDeflate: false,
      closeTimeout: parts.deadlines.close,
    };
    this.#server = new WebSocketServer(options);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#closing) {
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      // Garbage and oversized frames end the socket by themselves (1002, 1007, 1009).
      ws.on('error', () => ws.terminate());
      ws.once('close', (code) => this.#parts.meters.closed('sync', code));
      ws.pause();
      this.#parts.onSocket(ws, socket, request);
    });
  }

  /**
   * Lets nobody in any more and tells everybody to come back, those too whose document is still being opened. Resolves when
   * all are gone; who does not go is cut off by whoever holds the connections, as any other that holds the stopping up.
   */
  async close(): Promise<void> {
    this.#closing = true;
    const sockets = [...this.#server.clients];
    const gone = sockets.map((ws) => new Promise((resolve) => ws.once('close', resolve)));
    for (const ws of sockets) {
      ws.resume();
      ws.close(SERVICE_RESTART);
    }
    await Promise.all(gone);
    this.#server.close();
  }
}
