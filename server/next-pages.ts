import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import next from 'next';
import type { RequestHandler } from './http/front-door.ts';
import { readPackedFiles } from './http/packed-files.ts';

export interface Pages {
  handle: RequestHandler;
  /** Next's own sockets, for reloading while developing. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/**
 * Next as a guest in our server. It adds an `upgrade` listener to the HTTP server it is given; there must be one
 * dispatcher only, so it is given a server that never listens, and gets from ours what is meant for it.
 */
export async function preparePages(dev: boolean, port: number): Promise<Pages> {
  const neverListens = createServer();
  const dir = fileURLToPath(new URL('..', import.meta.url));
  const options = { dev, port, hostname: 'localhost', dir };
  const app = next({ ...options, httpServer: neverListens });
  await app.prepare();
  const handle = app.getRequestHandler();
  // While developing, files come and go, and nothing is packed.
  const packed = dev ? null : await readPackedFiles(join(dir, '.next'));
  return {
    handle: (request, response) => (packed?.answer(request, response) ? undefined : handle(request, response)),
    upgrade: (request, socket, head) => {
      if (!neverListens.emit('upgrade', request, socket, head)) socket.destroy();
    },
    close: () => app.close(),
  };
}
