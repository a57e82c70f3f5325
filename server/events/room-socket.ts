import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '#shared/protocol/events.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Deadlines } from '#server/doors/deadlines.ts';
import type { Doors } from '#server/doors/doors.ts';
import type { Identity } from '#server/doors/identity.ts';
import type { Log } from '#server/log.ts';
import type { Meters } from '#server/meters/meters.ts';
import type { LiveRoom, Rooms } from '#server/rooms/rooms.ts';

/** What a socket is bound to for its life; everything else is asked of the room at each frame. */
export interface SocketData {
  room: LiveRoom;
  member: MemberId;
  device: string;
  /** Of `Identity`, from before the browser was asked for. */
  revocations: number;
  /** The chapter that its page shows. */
  reading: ChapterId | null;
}
export type RoomServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type RoomSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

export interface EventsParts {
  log: Log;
  meters: Meters;
  rooms: Rooms;
  identity: Identity;
  doors: Doors;
  deadlines: Deadlines;
}
