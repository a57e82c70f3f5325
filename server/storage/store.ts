import type { Anchor } from '#shared/anchoring/anchor.ts';
import type { Annotation, Reply, TargetId } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type {
  AnnotationId,
  BookId,
  ChapterId,
  CommandId,
  MemberId,
  PadVersionId,
  ReplyId,
  RoomId,
  SessionId,
} from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import type { InviteRole } from '#shared/protocol/http.ts';
import type { Place, Room } from '#shared/records/room.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { PictureHash } from '#shared/text/block.ts';

/** SHA-256 of a secret token, in hex. Tokens themselves are never stored. */
export type TokenHash = string & { readonly __tokenHash: true };

export interface StoredInvite {
  role: InviteRole;
  /** The token itself: a host must be able to show the link again. It is a capability to join, not an identity. */
  token: string;
  createdAt: number;
}

export interface StoredReaction {
  target: TargetId;
  emoji: string;
  member: MemberId;
}

/** The only type of picture that is kept: every other is encoded anew on the way in. */
export type PictureType = 'image/webp';

/** A picture of a book, named by the SHA-256 of what it was made from. Width and height are pixels. */
export interface StoredPicture {
  hash: PictureHash;
  type: PictureType;
  width: number;
  height: number;
  bytes: Uint8Array;
}

export type StoredSession = Session & { endedAt: number | null };

/** Everything one chapter's margin holds, hidden and deleted records included, private notes of everybody included. */
export interface StoredMargin {
  annotations: Annotation[];
  replies: Reply[];
  reactions: StoredReaction[];
}

/**
 * The name under which a store that came out of a backup keeps a lineage of its own, without a document. Whatever would have
 * had the same lineage in the store before has another one here.
 */
export const HISTORY_DOCUMENT = 'history';

/** A persisted Yjs document: the snapshot, then updates in order. `lineage` changes when it had to be rebuilt. */
export interface StoredDocument {
  lineage: string;
  snapshot: Uint8Array | null;
  updates: Uint8Array[];
}

/** Where notes were in a former text, for those that are not simply where their unchanged words went. */
export type FormerAnchors = [AnnotationId, Anchor][];

/**
 * One row to write. Upserts replace the whole row, only a place's `seenAt` never goes back; times are epoch milliseconds. What contradicts the store fails the
 * commit: an annotation or reply that would change its author, chapter or thread, a thread in an unknown chapter, a
 * reaction to nothing, a second open session. Chapters that a 'book' does not name stay. A 'revision' replaces a
 * chapter's text and keeps the former one; it fails when another text stands there by now.
 */
export type Change =
  | { table: 'room'; row: Room }
  | { table: 'member'; row: Member }
  | { table: 'annotation'; row: Annotation }
  | { table: 'reply'; row: Reply }
  | { table: 'reaction'; row: StoredReaction; on: boolean }
  | { table: 'place'; member: MemberId; row: Place }
  | { table: 'session'; row: StoredSession }
  | { table: 'invite'; row: StoredInvite }
  | { table: 'book'; row: Book; chapters: Chapter[] }
  | { table: 'revision'; chapter: Chapter; former: Chapter; anchors: FormerAnchors; by: MemberId }
  | { table: 'book-removed'; book: BookId }
  | { table: 'pad-version'; row: StoredPadVersion }
  | { table: 'pad-version-removed'; version: PadVersionId };

/** What a version weighs, without what it says. `bytes` is the length of its content in UTF-8. */
export interface PadVersionSize extends Pick<PadVersion, 'id' | 'cause'> {
  bytes: number;
}

/** A version of a book's pad. `content` is its blocks (`shared/records/pad-block.ts`) as JSON. */
export interface StoredPadVersion extends PadVersion {
  book: BookId;
  content: string;
}

/** Whose a Yjs client id is in one document. */
export interface DocumentClient {
  client: number;
  member: MemberId;
}

export interface DocumentUpdate {
  /** `margin:<chapter>`, `notes:<chapter>:<member>` or `pad:<book>`. An update of a pad that is not there is refused. */
  document: string;
  lineage: string;
  update: Uint8Array;
}

/** What one decided command (or one act of the server itself, then `command` is null) writes, in one transaction. */
export interface Commit {
  room: RoomId;
  command: { id: CommandId; member: MemberId; kind: string; digest: string } | null;
  at: number;
  changes: Change[];
  documents: DocumentUpdate[];
}

export interface CommittedCommand {
  seq: number;
  digest: string;
}

export interface Device {
  id: string;
  createdAt: number;
  seenAt: number;
  /** Which member this browser is, room by room. */
  members: { room: RoomId; member: MemberId }[];
}

/**
 * Where everything lives that must survive. One implementation per engine, one contract suite for all of them
 * (`tests/contract/store.ts`). Methods reject only when the engine fails; 'not there' is null or an empty list.
 * Every write is durable when its promise resolves.
 */
export interface Store {
  close(): Promise<void>;
  /** Cheap proof that the engine answers, for `/readyz`. */
  ping(): Promise<void>;

  createRoom(room: Room, host: Member, invites: StoredInvite[]): Promise<void>;
  room(room: RoomId): Promise<Room | null>;
  /** The latest `at` of the room's commits, or when it was made; 0 where there is no such room. */
  lastStamp(room: RoomId): Promise<number>;
  /** All who ever joined, removed ones too, by time of joining. */
  members(room: RoomId): Promise<Member[]>;
  invites(room: RoomId): Promise<StoredInvite[]>;
  inviteByToken(token: string): Promise<{ room: RoomId; role: InviteRole } | null>;

  /** Books of the shelf, oldest first, each with its table of contents. */
  books(room: RoomId): Promise<Book[]>;
  chapter(room: RoomId, chapter: ChapterId): Promise<Chapter | null>;
  /** The text that a chapter had before the one it has, however often it was revised. */
  formerText(room: RoomId, chapter: ChapterId): Promise<Chapter | null>;
  /** Where notes were when the text with this hash was replaced last; empty when it never was. */
  formerAnchors(room: RoomId, chapter: ChapterId, hash: string): Promise<FormerAnchors>;

  /**
   * Keeps a picture for a book that is about to be added, before the commit that adds it, because a hundred of them at once
   * would hold everybody up. What a room has under this hash stays as it is. A picture goes with the last book that has it;
   * one whose book never came goes with `purge`.
   */
  addPicture(room: RoomId, book: BookId, picture: StoredPicture, at: number): Promise<void>;
  picture(room: RoomId, hash: PictureHash): Promise<StoredPicture | null>;
  /** What the pictures of all books of a room weigh together. */
  pictureBytes(room: RoomId): Promise<number>;

  margin(room: RoomId, chapter: ChapterId): Promise<StoredMargin>;
  /** Finds the chapter that a thread belongs to, so that its margin can be loaded. */
  chapterOfAnnotation(room: RoomId, annotation: AnnotationId): Promise<ChapterId | null>;
  chapterOfReply(room: RoomId, reply: ReplyId): Promise<ChapterId | null>;
  /** All annotations of a room, hidden, deleted and private ones included. */
  annotationCount(room: RoomId): Promise<number>;
  /** Visible notes with words, and replies, by chapter; for the shelf. Private notes are not counted. */
  marginCounts(room: RoomId): Promise<{ chapter: ChapterId; notes: number }[]>;
  places(room: RoomId, member: MemberId): Promise<Place[]>;
  /** Where everybody stopped in one chapter. */
  placesIn(room: RoomId, chapter: ChapterId): Promise<{ member: MemberId; place: Place }[]>;
  /** The session that has not ended, if one is open. */
  openSession(room: RoomId): Promise<StoredSession | null>;
  session(room: RoomId, session: SessionId): Promise<StoredSession | null>;

  document(document: string): Promise<StoredDocument | null>;
  /**
   * Replaces snapshot and log of a document (compaction, or a rebuild under a new lineage) in one transaction. A long one
   * comes in parts, the first of which is the snapshot.
   */
  replaceDocument(document: string, lineage: string, snapshot: Uint8Array, rest?: readonly Uint8Array[]): Promise<void>;

  /** Client ids that were claimed in a document: only its members' own updates may come under them. */
  documentClients(document: string): Promise<DocumentClient[]>;
  /** Keeps claims for as long as the document lives; the first claim of an id stands. */
  claimClients(document: string, clients: readonly DocumentClient[]): Promise<void>;
  /** Lets go of claims under which nothing was ever written. */
  forgetClients(document: string, clients: readonly number[]): Promise<void>;

  /** Versions of a book's pad, newest first. */
  padVersions(room: RoomId, book: BookId): Promise<PadVersion[]>;
  /** What they weigh, newest first. */
  padVersionSizes(room: RoomId, book: BookId): Promise<PadVersionSize[]>;
  padVersion(room: RoomId, book: BookId, version: PadVersionId): Promise<StoredPadVersion | null>;

  committedCommand(room: RoomId, member: MemberId, command: CommandId): Promise<CommittedCommand | null>;
  /**
   * Writes all of these, which are of one room, or nothing, one after the other; returns the room's commit number after
   * the last (the others have the numbers before it). A command committed before rejects.
   */
  commit(...commits: [Commit, ...Commit[]]): Promise<number>;

  deviceByToken(token: TokenHash): Promise<Device | null>;
  createDevice(token: TokenHash, id: string, at: number): Promise<void>;
  touchDevice(id: string, at: number): Promise<void>;
  /** Makes this browser this member, in place of whoever it was in the room. */
  bindDevice(id: string, room: RoomId, member: MemberId): Promise<void>;
  unbindDevice(id: string, room: RoomId): Promise<void>;
  /** The browsers that are this member. */
  devicesOf(room: RoomId, member: MemberId): Promise<Device[]>;
  createDeviceLink(token: TokenHash, room: RoomId, member: MemberId, expiresAt: number): Promise<void>;
  /** Redeems a link once: the second call gets null, as does an expired or unknown token. */
  redeemDeviceLink(
    token: TokenHash,
    now: number,
  ): Promise<{ room: RoomId; member: MemberId; expiresAt: number } | null>;

  /**
   * Empties the bodies of what was deleted before this time, forgets device links expired, and pictures added before it
   * for books that are not there; and forgets commands acked before a time of their own.
   */
  purge(before: number, commandsBefore: number): Promise<void>;
}
