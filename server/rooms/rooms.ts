import type { Ack, Command } from '#shared/protocol/command.ts';
import type { ServerToClientEvents } from '#shared/protocol/events.ts';
import type { InviteRole, Invites } from '#shared/protocol/http.ts';
import type { PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Cheer, SessionPlace } from '#shared/protocol/session.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { BookId, ChapterId, MemberId, PadVersionId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import type { ChapterRevised, RevisionPreview } from '#shared/records/revision.ts';
import type { Room, RoomState } from '#shared/records/room.ts';
import type { PictureHash } from '#shared/text/block.ts';
import type { StoredPicture } from '#server/storage/store.ts';

/** One Socket.IO event for some of a room's members. */
export type RoomEvent = {
  [Name in keyof ServerToClientEvents]: { name: Name; payload: Parameters<ServerToClientEvents[Name]>[0] };
}[keyof ServerToClientEvents] & { to: EventAudience };

/** Whom an event is for; `reading` are those who have this chapter open (null: none). */
export type EventAudience = 'all' | { member: MemberId } | { except: MemberId } | { reading: ChapterId | null };

/** Something that wants a room's events; the socket layer registers one for each room that has sockets. */
export type RoomListener = (event: RoomEvent) => void;

/** A read-only Yjs document as the sync layer serves it. Updates are the server's own canonical bytes, already committed. */
export interface SharedDocument {
  readonly lineage: string;
  /** What a client with this state vector misses (everything for an empty vector). */
  diff(stateVector: Uint8Array): Uint8Array;
  stateVector(): Uint8Array;
  subscribe(listener: (update: Uint8Array) => void): () => void;
}

/** Whoever reads a pad: hears each committed update, with who wrote it (null where several did), and that it is gone. */
export interface PadReader {
  update(update: Uint8Array, from: object | null): void;
  gone(): void;
}

/**
 * The pad of one book, which members write as a Yjs document. What it answers and tells is committed. Rejects, or refuses
 * with `unavailable`, when the store fails.
 */
export interface RoomPad {
  readonly lineage: string;
  readonly versions: {
    list(): Promise<PadVersion[]>;
    find(version: PadVersionId): Promise<{ version: PadVersion; blocks: PadBlock[] } | null>;
  };
  enter(reader: PadReader): () => void;
  /** Hands over, in one go with the updates that follow, what is missing and what the server has. Rejects for garbage. */
  catchUp(stateVector: Uint8Array, give: (missing: Uint8Array, ownVector: Uint8Array) => void): Promise<void>;
  /** Makes a Yjs client id this member's for good; false when it is somebody else's. */
  claim(member: MemberId, client: number): Promise<boolean>;
  /**
   * Refusals: as `cannotWritePad` says, `malformed` (not sound), `not-yours` (a foreign client id), `pad-full`. `gap` is an
   * update that builds on what the pad has not; nothing of it was taken.
   */
  write(member: MemberId, update: Uint8Array, from: object): Promise<{ ok: true } | Refusal | 'gap'>;
  blocks(): Promise<PadBlock[]>;
  /** Writes blocks at its end. */
  append(member: MemberId, blocks: readonly PadBlock[]): Promise<{ ok: true } | Refusal>;
  /** Makes it say this by new edits, keeping what it said as a version. */
  replace(member: MemberId, blocks: readonly PadBlock[]): Promise<{ ok: true } | Refusal>;
  /** Keeps what it says now as a version under a title. */
  name(member: MemberId, title: string): Promise<{ ok: true } | Refusal>;
  /** Takes a version away for good: who named it may, and who moderates. */
  removeVersion(member: MemberId, version: PadVersion): Promise<{ ok: true } | Refusal>;
}

/** The threads of one chapter as one member may see them: what the export and the API read. */
export interface MarginView {
  annotations: Annotation[];
  replies: Reply[];
  reactions: ReadonlyMap<string, Reactions>;
}

/**
 * A text to stand in the place of a chapter's; `from` is the hash of the one it was compared with, `pictures` what its figures
 * show that the chapter has not had.
 */
export interface NewText {
  from: string;
  pictures?: readonly StoredPicture[];
  chapter: Pick<Chapter, 'id' | 'words' | 'hash' | 'blocks'>;
}

/** Replacing the text of chapters; who may is asked each time. Refuses with `text-revised` when another text stands there by now. */
export interface RevisionDesk {
  /** What publishing it would do. Writes nothing. */
  preview(by: MemberId, text: NewText): Promise<{ ok: true; preview: RevisionPreview } | Refusal>;
  publish(by: MemberId, text: NewText): Promise<{ ok: true; revised: ChapterRevised } | Refusal>;
  /** Publishes the text that stood there before; `not-found` when there is none. */
  undo(by: MemberId, chapter: ChapterId): Promise<{ ok: true; revised: ChapterRevised } | Refusal>;
}

/**
 * One room, live. All writing goes through one queue, so that two commands never decide on the same state: decide,
 * commit, apply, send, ack, in that order. Everything it answers is already durable.
 */
export interface LiveRoom {
  readonly id: RoomId;
  room(): Room;
  members(): Member[];
  member(member: MemberId): Member | null;
  books(): Book[];
  /** The room as this member sees it. */
  stateFor(member: MemberId): Promise<RoomState>;
  chapter(chapter: ChapterId): Promise<Chapter | null>;
  /** Visible threads plus the member's own private notes; `moderating` adds the words of what was hidden. */
  marginFor(member: MemberId, chapter: ChapterId, moderating?: boolean): Promise<MarginView | Refusal>;

  /** Decides one command of one member; parsed already. Never rejects: a store failure is the refusal `unavailable`. */
  submit(member: MemberId, command: Command): Promise<Ack>;
  /** The same for a command that a file brought along, which is not held to the pace of someone who types. */
  submitBrought(member: MemberId, command: Command): Promise<Ack>;

  /** A new person through an invitation; refused when locked or full. Names may repeat, people are told apart by number. */
  admit(role: InviteRole, name: string): Promise<{ ok: true; member: Member } | Refusal>;
  invites(): Promise<Invites>;
  rotateInvite(by: MemberId, role: InviteRole): Promise<{ ok: true; invites: Invites } | Refusal>;
  /** `pictures` are those that the book's figures and cover name. */
  addBook(
    by: MemberId,
    book: Book,
    chapters: Chapter[],
    pictures?: readonly StoredPicture[],
  ): Promise<{ ok: true; book: Book } | Refusal>;
  /** A picture of any book on the shelf. */
  picture(hash: PictureHash): Promise<StoredPicture | null>;
  /** New texts for chapters that are there. */
  readonly revisions: RevisionDesk;
  mayAddBooks(by: MemberId): { ok: true } | Refusal;

  /** The margin of a chapter, for anyone in the room. */
  marginDocument(chapter: ChapterId): Promise<SharedDocument | null>;
  /** A member's own private notes on a chapter. */
  notesDocument(chapter: ChapterId, member: MemberId): Promise<SharedDocument | null>;

  /** The room's club notes on a book; null when the book is not on the shelf. */
  pad(book: BookId): Promise<RoomPad | null>;
  /** What the pad of a book says, line by line, for a search: one that nobody has open is not taken into memory for it. */
  padLines(book: BookId): Promise<string[]>;
  /** Why this member may not write the pads now; null when they may. */
  cannotWritePad(member: MemberId): Refusal | null;

  /** Presence and passing signs: in memory only, coalesced, never stored. `connection` tells tabs of one person apart. */
  enter(member: MemberId, connection: string): PresenceTick;
  /** Everybody who is here, for a connection that missed some of it. */
  presence(): PresenceTick;
  leave(member: MemberId, connection: string): void;
  move(member: MemberId, connection: string, whereabouts: Whereabouts): void;
  moveSession(member: MemberId, place: SessionPlace): void;
  cheer(member: MemberId, cheer: Cheer): void;
  /** Those with a live connection. */
  here(): Member[];

  listen(listener: RoomListener): () => void;
  /** Called when a member must lose every socket now (removed, device revoked). */
  onExpelled(listener: (member: MemberId, code: 'removed' | 'signed-out') => void): () => void;
}

/** How much this process holds at the moment. */
export interface RoomsStanding {
  rooms: number;
  /** People with a live connection, in all rooms. */
  here: number;
  /** Documents in memory. */
  documents: number;
  /** Tasks in the queues of all rooms that have not finished. */
  waiting: number;
}

/** The rooms of this process. Loading twice at once gives one room; a failed load refuses and is tried again next time. */
export interface Rooms {
  /** Rejects when the store fails; null when there is no such room. */
  open(room: RoomId): Promise<LiveRoom | null>;
  create(title: string, hostName: string): Promise<{ room: LiveRoom; host: Member; invites: Invites }>;
  standing(): RoomsStanding;
  /** Finishes what is queued and lets every room go. */
  close(): Promise<void>;
}
