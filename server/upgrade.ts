import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Env } from './env.ts';
import { addressOf } from '#server/doors/address.ts';
import type { HeldByAddress } from '#server/doors/address-holds.ts';
import type { Doors } from '#server/doors/doors.ts';
import { isOwnOrigin } from '#server/doors/origin.ts';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface UpgradeParts {
  env: Env;
  doors: Doors;
  held: HeldByAddress;
  sync: UpgradeHandler;
  events: UpgradeHandler;
  /** Only while developing. */
  pages: UpgradeHandler | null;
}

/**
 * The one listener for upgrades. A browser always says where a WebSocket was opened from, and cookies travel with it, so
 * a foreign `Origin` is refused here, before anything else looks at the request.
 */
export function createUpgradeDispatcher({ env, doors, held, sync, events, pages }: UpgradeParts): UpgradeHandler {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (!isOwnOrigin(request.headers, env.PUBLIC_ORIGIN)) return refuseUpgrade(socket, 403);
    const address = addressOf(request, env.TRUSTED_PROXIES);
    if (!doors.sockets.take(address).ok || !held.mayUpgrade(address, socket)) return refuseUpgrade(socket, 429);
    if (path.startsWith('/sync/')) return sync(request, socket, head);
    if (path === '/socket.io' || path === '/socket.io/') return events(request, socket, head);
    if (pages && path === '/_next/hmr') return pages(request, socket, head);
    refuseUpgrade(socket, 404);
  };
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
