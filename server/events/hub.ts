import type { ServerToClientEvents } from '#shared/protocol/events.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import type { LiveRoom, RoomEvent } from '#server/rooms/rooms.ts';
import { Backlog } from './backlog.ts';
import type { RoomServer, RoomSocket, SocketData } from './room-socket.ts';

type GoodbyeCode = Parameters<ServerToClientEvents['goodbye']>[0]['code'];

/**
 * What a slow socket goes without, because it passes anyway. Never left to Socket.IO's `volatile`: that also drops what
 * follows another event in the same turn, on a socket that keeps up perfectly.
 */
const passing: ReadonlySet<RoomEvent['name']> = new Set(['presence', 'cheers']);

interface Seat {
  backlog: Backlog;
  /** It does not hear what passes until it has caught up. */
  slow: boolean;
}

/**
 * The sockets of one room: one subscription to the room, one encoding of each event for all of them. A socket that does
 * not keep up loses what passes first, and gets presence whole again when it has caught up; one that cannot follow at
 * all is closed and starts anew. So there is never a gap that nobody speaks of.
 */
export class Hub {
  readonly #io: RoomServer;
  readonly #room: LiveRoom;
  readonly #seats = new Map<RoomSocket, Seat>();
  readonly #stopListening: () => void;
  readonly #stopExpelling: () => void;
  readonly #fellBehind: () => void;

  /** `fellBehind` hears of every socket that is closed because it cannot follow. */
  constructor(io: RoomServer, room: LiveRoom, fellBehind: () => void) {
    this.#io = io;
    this.#room = room;
    this.#fellBehind = fellBehind;
    this.#stopListening = room.listen((event) => this.#pass(event));
    this.#stopExpelling = room.onExpelled((member, code) => this.putOut((data) => data.member === member, code));
  }

  enter(socket: RoomSocket): void {
    this.#seats.set(socket, { backlog: new Backlog(socket), slow: false });
  }

  /** From now on the socket hears the room; first what it missed while its state was gathered. */
  admit(socket: RoomSocket, missed: RoomEvent[]): void {
    for (const { name, payload, to } of missed) {
      if (name !== 'presence' && isMeant(socket.data, to))
        socket.emit(name, ...([payload] as Parameters<ServerToClientEvents[typeof name]>));
    }
    const { member, reading } = socket.data;
    void socket.join([this.#everybody(), this.#one(member), this.#reading(reading)]);
  }

  /** This socket's page shows another chapter from now on, or none. */
  opens(socket: RoomSocket, chapter: ChapterId | null): void {
    const { reading } = socket.data;
    if (chapter === reading) return;
    socket.data.reading = chapter;
    if (!socket.rooms.has(this.#everybody())) return;
    void socket.leave(this.#reading(reading));
    void socket.join(this.#reading(chapter));
  }

  /** How many are left. */
  leave(socket: RoomSocket): number {
    this.#seats.delete(socket);
    return this.#seats.size;
  }

  /** Says goodbye to some sockets and closes them for good. */
  putOut(whom: (data: SocketData) => boolean, code: GoodbyeCode): void {
    for (const socket of this.#seats.keys()) {
      if (!whom(socket.data)) continue;
      socket.emit('goodbye', { code });
      socket.disconnect(true);
    }
  }

  /** Called every second or so: looks who keeps up, spares who is slow, brings back who has caught up, closes who is lost. */
  watch(): void {
    for (const [socket, seat] of this.#seats) {
      const follows = seat.backlog.follows(seat.slow);
      if (follows === 'not') {
        this.#fellBehind();
        socket.conn.close(true);
        socket.request.socket.destroy();
      } else if (follows === 'slowly' && !seat.slow) {
        seat.slow = true;
        void socket.join(this.#slow());
      } else if (follows === 'well' && seat.slow) {
        seat.slow = false;
        void socket.leave(this.#slow());
        socket.emit('presence', this.#room.presence());
      }
    }
  }

  end(): void {
    this.#stopListening();
    this.#stopExpelling();
  }

  #pass({ name, payload, to }: RoomEvent): void {
    let hearers = this.#io.to(this.#hearers(to));
    if (to !== 'all' && 'except' in to) hearers = hearers.except(this.#one(to.except));
    if (passing.has(name)) hearers = hearers.except(this.#slow());
    hearers.emit(name, ...([payload] as Parameters<ServerToClientEvents[typeof name]>));
  }

  #hearers(to: RoomEvent['to']): string {
    if (to === 'all' || 'except' in to) return this.#everybody();
    return 'member' in to ? this.#one(to.member) : this.#reading(to.reading);
  }

  #everybody(): string {
    return this.#room.id;
  }

  #one(member: MemberId): string {
    return `${this.#room.id}:${member}`;
  }

  #reading(chapter: ChapterId | null): string {
    return `${this.#room.id}/${chapter ?? ''}`;
  }

  #slow(): string {
    return `${this.#room.id}~slow`;
  }
}

function isMeant({ member, reading }: SocketData, to: RoomEvent['to']): boolean {
  if (to === 'all') return true;
  if ('member' in to) return to.member === member;
  return 'except' in to ? to.except !== member : to.reading === reading;
}
