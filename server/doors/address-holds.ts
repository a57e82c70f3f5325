import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CONNECTIONS_PER_ADDRESS_MAX, SOCKETS_PER_ADDRESS_MAX } from '#server/limits.ts';
import { groupedAddress } from './address.ts';
import { Tally } from './tally.ts';

/** How many of each one address may hold at once, before anybody knows who is behind it. */
export interface AddressHolds {
  connections: number;
  sockets: number;
}

export const addressHolds: AddressHolds = {
  connections: CONNECTIONS_PER_ADDRESS_MAX,
  sockets: SOCKETS_PER_ADDRESS_MAX,
};

/** What is held by each address, from the first byte to the last. */
export class HeldByAddress {
  readonly #connections: Tally;
  readonly #sockets: Tally;
  readonly #hasProxy: boolean;

  constructor(most: AddressHolds, trustedProxies: number) {
    this.#connections = new Tally(most.connections);
    this.#sockets = new Tally(most.sockets);
    this.#hasProxy = trustedProxies > 0;
  }

  /** Cuts a connection off that is one too many, which no page would hear the reason of. Those of a proxy are everybody's. */
  connected(socket: Socket): void {
    if (!this.#hasProxy && !hold(this.#connections, groupedAddress(socket.remoteAddress ?? 'unknown'), socket)) {
      socket.destroy();
    }
  }

  /** False when this address holds as many sockets as it may. `address` is as `addressOf` says. */
  mayUpgrade(address: string, socket: Duplex): boolean {
    return hold(this.#sockets, address, socket);
  }
}

function hold(tally: Tally, address: string, socket: Duplex): boolean {
  if (socket.destroyed || !tally.take([address])) return false;
  socket.once('close', () => tally.give([address]));
  return true;
}
