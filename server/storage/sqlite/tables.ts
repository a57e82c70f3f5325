import type { Generated } from 'kysely';
import type { InviteRole } from '#shared/protocol/http.ts';
import type { Colour, TargetId, Visibility } from '#shared/records/annotation.ts';
import type { Format } from '#shared/records/book.ts';
import type { PictureHash } from '#shared/text/block.ts';
import type { Direction } from '#shared/text/direction.ts';
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
import type { Ink, Role } from '#shared/records/member.ts';
import type { PadVersionCause } from '#shared/records/pad-version.ts';
import type { PictureType, TokenHash } from '../store.ts';

/** SQLite has no booleans: 1 is true. */
export type Flag = 0 | 1;
/** A JSON text. */
export type Json = string;

/** The tables of `migrations.ts` as Kysely sees them. Times are epoch milliseconds. */
export interface Tables {
  rooms: { id: RoomId; title: string; locked: Flag; created_at: number; seq: number; stamped_at: number };
  members: {
    arrival: Generated<number>;
    room: RoomId;
    id: MemberId;
    name: string;
    initials: string;
    ink: Ink;
    role: Role;
    muted: Flag;
    removed: Flag;
    joined_at: number;
  };
  invites: { room: RoomId; role: InviteRole; token: string; created_at: number };
  books: {
    arrival: Generated<number>;
    room: RoomId;
    id: BookId;
    title: string;
    author: string | null;
    language: string;
    direction: Direction;
    format: Format;
    added_by: MemberId;
    added_at: number;
    about: Json | null;
    shelf_order: number | null;
  };
  /** Pictures that a book was brought in with; one that is in no book any more is dropped. */
  book_pictures: { room: RoomId; book: BookId; hash: PictureHash; added_at: number };
  pictures: {
    room: RoomId;
    hash: PictureHash;
    type: PictureType;
    width: number;
    height: number;
    bytes: Uint8Array;
  };
  chapters: {
    room: RoomId;
    id: ChapterId;
    book: BookId;
    position: number;
    title: string;
    words: number;
    block_count: number;
    hash: string;
    language: string;
    direction: Direction;
    blocks: Json;
  };
  former_texts: {
    arrival: Generated<number>;
    room: RoomId;
    chapter: ChapterId;
    hash: string;
    title: string;
    words: number;
    blocks: Json;
    anchors: Json;
    replaced_at: number;
    replaced_by: MemberId;
  };
  annotations: {
    arrival: Generated<number>;
    room: RoomId;
    id: AnnotationId;
    chapter: ChapterId;
    author: MemberId;
    colour: Colour;
    anchor: Json | null;
    body: string;
    visibility: Visibility;
    created_at: number;
    edited_at: number | null;
    deleted: Flag;
    deleted_at: number | null;
    hidden: Flag;
  };
  replies: {
    arrival: Generated<number>;
    room: RoomId;
    id: ReplyId;
    /** The chapter of its annotation, kept here so that a margin is read without a join. */
    chapter: ChapterId;
    annotation: AnnotationId;
    author: MemberId;
    body: string;
    created_at: number;
    edited_at: number | null;
    deleted: Flag;
    deleted_at: number | null;
    hidden: Flag;
  };
  reactions: {
    arrival: Generated<number>;
    room: RoomId;
    /** The chapter of its target, kept here so that a margin is read without a join. */
    chapter: ChapterId;
    target: TargetId;
    emoji: string;
    member: MemberId;
  };
  places: {
    room: RoomId;
    member: MemberId;
    chapter: ChapterId;
    book: BookId;
    block: string;
    offset: number;
    progress: number;
    seen_at: number;
    updated_at: number;
  };
  sessions: { room: RoomId; id: SessionId; state: Json; ended_at: number | null };
  documents: { document: string; lineage: string; snapshot: Uint8Array | null };
  document_updates: { seq: Generated<number>; document: string; bytes: Uint8Array };
  document_clients: { document: string; client: number; member: MemberId };
  pad_versions: {
    arrival: Generated<number>;
    room: RoomId;
    id: PadVersionId;
    book: BookId;
    cause: PadVersionCause;
    title: string | null;
    author: MemberId | null;
    created_at: number;
    content: Json;
  };
  commands: {
    room: RoomId;
    member: MemberId;
    id: CommandId;
    kind: string;
    digest: string;
    seq: number;
    at: number;
  };
  devices: { id: string; token_hash: TokenHash; created_at: number; seen_at: number };
  device_members: { device: string; room: RoomId; member: MemberId };
  device_links: { token_hash: TokenHash; room: RoomId; member: MemberId; expires_at: number };
}
