import type { LiveRoom, RoomEvent } from '#server/rooms/rooms.ts';
import type { ServerToClientEvents } from '#shared/protocol/events.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { RoomServer, RoomSocket, SocketData } from './room-socket.ts';

type GoodbyeCode = Parameters<ServerToClientEvents['goodbye']>[0]['code'];

/** What may be lost when a connection is busy, because it passes anyway. Presence and place are not: the last one stays. */
const passing: ReadonlySet<RoomEvent['name']> = new Set(['cheers']);

/** The sockets of one room: one subscription to the room, one encoding of each event for all of them. */
export class Hub {
  readonly #io: RoomServer;
  readonly #room: LiveRoom;
  readonly #sockets = new Set<RoomSocket>();
  readonly #stopListening: () => void;
  readonly #stopExpelling: () => void;

  constructor(io: RoomServer, room: LiveRoom) {
    this.#io = io;
    this.#room = room;
    this.#stopListening = room.listen((event) => this.#pass(event));
    this.#stopExpelling = room.onExpelled((member, code) => this.putOut((data) => data.member === member, code));
  }

  enter(socket: RoomSocket): void {
    this.#sockets.add(socket);
  }

  /** From now on the socket hears the room; first what it missed while its state was gathered. */
  admit(socket: RoomSocket, missed: RoomEvent[]): void {
    for (const { name, payload, to } of missed) {
      const meant =
        to === 'all' || ('member' in to ? to.member === socket.data.member : to.except !== socket.data.member);
      if (meant && name !== 'presence')
        socket.emit(name, ...([payload] as Parameters<ServerToClientEvents[typeof name]>));
    }
    void socket.join([this.#everybody(), this.#one(socket.data.member)]);
  }

  /** How many are left. */
  leave(socket: RoomSocket): number {
    this.#sockets.delete(socket);
    return this.#sockets.size;
  }

  /** Says goodbye to some sockets and closes them for good. */
  putOut(whom: (data: SocketData) => boolean, code: GoodbyeCode): void {
    for (const socket of this.#sockets) {
      if (!whom(socket.data)) continue;
      socket.emit('goodbye', { code });
      socket.disconnect(true);
    }
  }

  end(): void {
    this.#stopListening();
    this.#stopExpelling();
  }

  #pass({ name, payload, to }: RoomEvent): void {
    const room = to === 'all' || 'except' in to ? this.#io.to(this.#everybody()) : this.#io.to(this.#one(to.member));
    const meant = to !== 'all' && 'except' in to ? room.except(this.#one(to.except)) : room;
    const sender = passing.has(name) ? meant.volatile : meant;
    sender.emit(name, ...([payload] as Parameters<ServerToClientEvents[typeof name]>));
  }

  #everybody(): string {
    return this.#room.id;
  }

  #one(member: MemberId): string {
    return `${this.#room.id}:${member}`;
  }
}
