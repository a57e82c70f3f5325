import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import { z } from 'zod';
import { SOCKET_MESSAGE_MAX_BYTES } from '#shared/protocol/limits.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { roomIdSchema } from '#shared/records/id-schemas.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { SOCKETS_PER_MEMBER_MAX } from '#server/limits.ts';
import { Tally } from '#server/doors/tally.ts';
import { visitorWith } from '#server/doors/visitor.ts';
import type { LiveRoom, RoomEvent } from '#server/rooms/rooms.ts';
import type { EventsParts, RoomServer, RoomSocket } from './room-socket.ts';
import { hearFrames } from './frames.ts';
import { Hub } from './hub.ts';
import { guardWire } from './wire-gate.ts';

/** How often it is looked who keeps up. */
const WATCH_MS = 1_000;

const authSchema = z.object({ room: roomIdSchema, protocol: z.number().int() });

/**
 * Commands up, events down. A socket belongs to one browser, one member and one room; what the member may do is asked of
 * the room at each frame, so nothing that was true at the handshake is relied upon.
 */
export class Events {
  readonly #parts: EventsParts;
  readonly #io: RoomServer;
  readonly #hubs = new Map<RoomId, Hub>();
  readonly #held = new Tally(SOCKETS_PER_MEMBER_MAX);
  readonly #stopListening: () => void;
  readonly #watching: NodeJS.Timeout;
  #connections = 0;
  #closing = false;

  constructor(parts: EventsParts) {
    this.#parts = parts;
    this.#io = new Server({
      path: '/socket.io',
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: SOCKET_MESSAGE_MAX_BYTES,
      pingInterval: parts.deadlines.ping,
      pingTimeout: parts.deadlines.pong,
      connectTimeout: parts.deadlines.handshake,
    });
    // There is one upgrade dispatcher; Socket.IO gets a server that never listens and is handed its upgrades.
    this.#io.attach(createServer());
    this.#io.engine.on('connection', (connection: RoomSocket['conn']) => {
      this.#connections += 1;
      guardWire(connection, String(this.#connections), parts);
    });
    this.#io.use((socket, next) => {
      void this.#answerHandshake(socket, next);
    });
    this.#io.on('connection', (socket) => {
      this.#welcome(socket).catch((error: unknown) => {
        parts.log.error({ err: error }, 'a socket could not be welcomed');
        socket.conn.close();
      });
    });
    this.#watching = setInterval(() => {
      for (const hub of this.#hubs.values()) hub.watch();
    }, WATCH_MS).unref();
    this.#stopListening = parts.identity.onRevoked((device, room) => {
      this.#hubs.get(room)?.putOut((data) => data.device === device, 'signed-out');
    });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#closing) socket.destroy();
    else this.#io.engine.handleUpgrade(request, socket, head);
  }

  /** Tells everybody that the server is coming back, and closes so that clients return by themselves. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#watching);
    this.#stopListening();
    const gone = [...this.#io.sockets.sockets.values()].map((socket) => {
      const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
      socket.emit('goodbye', { code: 'restarting' });
      socket.conn.close();
      return closed;
    });
    await Promise.all(gone);
    this.#io.engine.close();
  }

  async #answerHandshake(socket: RoomSocket, next: (error?: Error) => void): Promise<void> {
    let refused: RefusalCode | 'outdated' | null = 'unavailable';
    try {
      refused = await this.#authenticate(socket);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a socket could not be let in');
    }
    if (refused !== null) this.#parts.meters.closed('events', refused);
    next(refused === null ? undefined : new Error(refused));
  }

  /** Null when the socket may come in, else the code that its `connect_error` carries. */
  async #authenticate(socket: RoomSocket): Promise<RefusalCode | 'outdated' | null> {
    const auth = authSchema.safeParse(socket.handshake.auth);
    if (!auth.success) return 'malformed';
    if (auth.data.protocol !== PROTOCOL_VERSION) return 'outdated';
    const { revocations } = this.#parts.identity;
    const device = await this.#parts.identity.deviceFromCookie(socket.handshake.headers.cookie);
    const who = await visitorWith(device, this.#parts.rooms, auth.data.room);
    if (!who.ok) return who.code;
    if (!this.#parts.doors.entrances.take(who.device.id).ok) return 'too-fast';
    socket.data = { room: who.room, member: who.member.id, device: who.device.id, revocations, reading: null };
    return null;
  }

  /**
   * Sends the whole state, then everything that happened while it was gathered, then what happens: a client may hear a
   * fact twice and never misses one.
   */
  async #welcome(socket: RoomSocket): Promise<void> {
    const { room, member, device, revocations } = socket.data;
    // Put out while it was being let in, when it stood on no list of those who are told: it comes again, and hears why.
    if (this.#parts.identity.revokedSince(revocations, device, room.id) || room.member(member)?.removed !== false) {
      socket.conn.close();
      return;
    }
    if (!this.#held.take([member, device])) {
      socket.emit('goodbye', { code: 'too-many' });
      socket.disconnect(true);
      return;
    }
    const hub = this.#hubOf(room);
    hub.enter(socket);
    socket.once('disconnect', (reason) => {
      this.#parts.meters.closed('events', reason);
      this.#held.give([member, device]);
      room.leave(member, socket.id);
      if (hub.leave(socket) > 0) return;
      hub.end();
      this.#hubs.delete(room.id);
    });
    // Frames are heard from the start: a client may send its outbox right behind its handshake.
    hearFrames(socket, hub, this.#parts);

    const missed: RoomEvent[] = [];
    const stop = room.listen((event) => missed.push(event));
    try {
      socket.emit('room.state', await room.stateFor(member));
    } finally {
      stop();
    }
    if (!socket.connected) return;
    hub.admit(socket, missed);
    socket.emit('presence', room.enter(member, socket.id));
  }

  #hubOf(room: LiveRoom): Hub {
    const hub = this.#hubs.get(room.id) ?? new Hub(this.#io, room, () => this.#parts.meters.fellBehind());
    this.#hubs.set(room.id, hub);
    return hub;
  }
}
