import type { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { RoomId } from '#shared/records/ids.ts';
import type { Visitor } from './visitor.ts';

/** A Socket.IO connection written by hand, so that it can say what no client library would. */
export interface Wire {
  socket: WebSocket;
  /** One packet as it travels: the `4` of Engine.IO's messages is put before it. */
  say(packet: string): void;
  /** The next packet that begins so, without that `4`. */
  hears(beginning: string): Promise<string>;
  /** The close code, once it is closed by whichever side. */
  ended: Promise<number>;
}

const MESSAGE = '4';

/** Connected at the transport; nobody has asked for a room yet. */
export async function openWire(visitor: Visitor): Promise<Wire> {
  const socket = visitor.sync('/socket.io/?EIO=4&transport=websocket');
  socket.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });
  return {
    socket,
    ended,
    say: (packet) => socket.send(MESSAGE + packet),
    hears: (beginning) =>
      new Promise((resolve) => {
        const listen = (data: Buffer) => {
          const text = data.toString('utf8');
          if (!text.startsWith(MESSAGE + beginning)) return;
          socket.off('message', listen);
          resolve(text.slice(1));
        };
        socket.on('message', listen);
      }),
  };
}

/** And let into the room, with its state. */
export async function enterByWire(visitor: Visitor, room: RoomId): Promise<Wire> {
  const wire = await openWire(visitor);
  const state = wire.hears('2["room.state"');
  wire.say(`0${JSON.stringify({ room, protocol: PROTOCOL_VERSION })}`);
  await state;
  return wire;
}
