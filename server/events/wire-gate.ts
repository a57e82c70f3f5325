import type { Doors } from '#server/doors/doors.ts';
import type { Log } from '#server/log.ts';
import type { RoomSocket } from './room-socket.ts';

type Connection = RoomSocket['conn'];

/** The first character of a Socket.IO packet (its protocol, version 5) says what kind it is. */
const CONNECT = '0';
const DISCONNECT = '1';
const EVENT = '2';

/**
 * Watches what one connection sends before Socket.IO decodes any of it, from the first byte and so before anybody knows
 * who sends. A page sends text: it asks to come in once, sends events, and says that it leaves. Whoever sends anything
 * else, asks twice (each asking reads the store and makes a member's whole state), or sends more than a page can, is cut
 * off. Nothing honest is lost by that: what was not acked is in an outbox. `name` is under what its frames are counted.
 */
export function guardWire(connection: Connection, name: string, { doors, log }: { doors: Doors; log: Log }): void {
  let hasAsked = false;

  const cutOff = (reason: string) => {
    log.warn({ connection: name, reason }, 'a connection was cut off for what it sent');
    connection.close(true);
    // A close that the other side need not answer: who floods may not keep us reading until the closing times out.
    connection.request.socket.destroy();
  };

  connection.on('packet', ({ type, data }: { type: string; data?: unknown }) => {
    if (!doors.wireFrames.take(name).ok) return cutOff('frames');
    if (type !== 'message') return;
    if (typeof data !== 'string') return cutOff('binary');
    if (!doors.wireBytes.take(name, data.length).ok) return cutOff('bytes');
    if (data.startsWith(CONNECT)) {
      if (hasAsked) return cutOff('asked twice');
      hasAsked = true;
    } else if (!data.startsWith(EVENT) && !data.startsWith(DISCONNECT)) cutOff('kind');
  });
}
