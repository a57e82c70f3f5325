import type { Book } from '#shared/records/book.ts';
import type { BookId } from '#shared/records/ids.ts';
import type { ChapterRevised } from '#shared/records/revision.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room, RoomState } from '#shared/records/room.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Ack, Command } from './command.ts';
import type { PresenceTick, Whereabouts } from './presence.ts';
import type { Cheer, Session, SessionPlace, SessionRecap, Summons } from './session.ts';

/**
 * Socket.IO, path `/socket.io`, WebSocket only, authenticated by the cookie; the handshake's `auth` is
 * `{ room, protocol }`. A refused handshake fails with `connect_error`, its message one of the refusal codes or
 * `outdated`. After a connect the server sends `room.state` and a full `presence`; the client then sends the commands it
 * still holds, in order, and its `whereabouts`.
 */
export interface ClientToServerEvents {
  command: (command: Command, ack: (ack: Ack) => void) => void;
  whereabouts: (whereabouts: Whereabouts) => void;
  'session.place': (place: SessionPlace) => void;
  cheer: (cheer: Cheer) => void;
}

/** Facts come down in the past tense or as nouns; whatever can be lost on the way is sent whole again at `room.state`. */
export interface ServerToClientEvents {
  'room.state': (state: RoomState) => void;
  'room.changed': (room: Room) => void;
  'member.changed': (member: Member) => void;
  'book.added': (book: Book) => void;
  'book.removed': (book: BookId) => void;
  /** A chapter has another text now; `book.added` came just before it with the entry. Clients fetch the text by its hash. */
  'chapter.revised': (revised: ChapterRevised) => void;
  presence: (tick: PresenceTick) => void;
  'session.changed': (session: Session | null) => void;
  'session.place': (place: SessionPlace) => void;
  'session.summons': (summons: Summons) => void;
  'session.ended': (recap: SessionRecap) => void;
  cheers: (cheers: { member: MemberId; cheer: Cheer }[]) => void;
  /** The last thing a socket hears: `code` says why it is put out. */
  goodbye: (reason: { code: 'removed' | 'signed-out' | 'restarting' | 'outdated' | 'too-many' }) => void;
}
