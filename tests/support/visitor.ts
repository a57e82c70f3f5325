import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Ack } from '#shared/protocol/command.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '#shared/protocol/events.ts';
import type { Invites } from '#shared/protocol/http.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { newId } from '#shared/records/ids.ts';
import type { CommandId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';

export type EventSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface Reply<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** One browser against a running server: keeps its cookie, and opens the sockets a page would open. */
export class Visitor {
  readonly origin: string;
  cookie: string | null = null;
  readonly #sockets: { close(): unknown }[] = [];

  constructor(origin: string) {
    this.origin = origin;
  }

  /** The body is JSON unless it is a form already. What comes back is parsed when it is JSON. */
  async ask<Body = { ok?: boolean; code?: string; message?: string }>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    const form = body instanceof FormData;
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: form || typeof body === 'string' ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';', 1)[0] ?? null;
    const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? await response.json() : await response.text()) as Body,
    };
  }

  /** Not connected yet, so that a test can listen before anything arrives. */
  events(room: RoomId, auth: Record<string, unknown> = { room, protocol: PROTOCOL_VERSION }): EventSocket {
    const socket: EventSocket = io(this.origin, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      auth,
      ...(this.cookie === null ? {} : { extraHeaders: { cookie: this.cookie } }),
    });
    this.#sockets.push(socket);
    return socket;
  }

  /** Connected, with the state it was sent. */
  async enter(room: RoomId): Promise<EventSocket> {
    const socket = this.events(room);
    const state = heard(socket, 'room.state');
    const presence = heard(socket, 'presence');
    socket.connect();
    await Promise.all([state, presence]);
    return socket;
  }

  sync(path: string, headers: Record<string, string> = {}): WebSocket {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}${path}`, {
      headers: { ...(this.cookie === null ? {} : { cookie: this.cookie }), ...headers },
    });
    this.#sockets.push(socket);
    return socket;
  }

  leave(): void {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}

/** The next event of this name. */
export function heard<Name extends keyof ServerToClientEvents>(
  socket: EventSocket,
  name: Name,
): Promise<Parameters<ServerToClientEvents[Name]>[0]> {
  return new Promise((resolve) => {
    const untyped: Socket = socket;
    const eventName: string = name;
    untyped.once(eventName, resolve);
  });
}

/** Sends what may be anything as a command, under a fresh id unless it has one. */
export function command(socket: EventSocket, fields: Record<string, unknown>): Promise<Ack> {
  const whole = { id: newId<CommandId>(), ...fields };
  return new Promise((resolve) => {
    (socket as unknown as Socket).emit('command', whole, resolve);
  });
}

/** The code that a `/sync` socket is closed with. */
export const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.once('error', () => {});
    socket.once('close', (code) => resolve(code));
  });

export interface MadeRoom {
  room: Room;
  member: Member;
  invites: Invites;
}

export async function makeRoom(host: Visitor, title = 'The Tuesday readers', name = 'Ada'): Promise<MadeRoom> {
  return (await host.ask<MadeRoom>('POST', '/api/rooms', { title, name })).body;
}

export async function join(visitor: Visitor, token: string, name: string): Promise<Member> {
  return (await visitor.ask<{ member: Member }>('POST', `/api/invites/${token}/accept`, { name })).body.member;
}
