import type { Command, CommandKind, CommandOf } from '#shared/protocol/command.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Annotation, Reactions, Reply, TargetId } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { AnnotationId, BookId, ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import type { Change } from '#server/storage/store.ts';

/**
 * What the rules may know of a room when one command is decided. Records come whole: hidden, deleted and private ones
 * too, so a rule must ask `sees` (records-in-sight.ts) before it answers about one.
 */
export interface RoomFacts {
  /** The time this command is stamped with, in epoch milliseconds; no two commands of a room share one. */
  readonly now: number;
  readonly room: Room;
  /** The open session as it stands, `waiting` included. */
  readonly session: Session | null;
  member(id: MemberId): Member | null;
  book(id: BookId): Book | null;
  /** All books, in reading order. */
  shelf(): Book[];
  bookOf(chapter: ChapterId): Book | null;
  /** A chapter with its text. */
  chapter(id: ChapterId): Chapter | null;
  /** Asked by target, because annotations and replies share one space of ids. */
  annotation(id: TargetId): Annotation | null;
  reply(id: TargetId): Reply | null;
  reactionsOf(target: TargetId): Reactions;
  /** Replies of a thread that were not deleted. */
  standingReplies(annotation: AnnotationId): number;
  /** All replies of a thread, deleted ones too. */
  threadLength(annotation: AnnotationId): number;
  annotationCount(chapter: ChapterId): number;
  /** Of all chapters; asked for where one is to be created. */
  annotationsInRoom(): number;
  /** What the chapter's notes, replies and reactions weigh together (`record-bytes.ts`), private notes left out. */
  marginBytes(chapter: ChapterId): number;
  /** What this member's own weigh, private notes included. */
  memberBytes(chapter: ChapterId, member: MemberId): number;
}

/** What a decision does beside writing rows: to the live session, and to people's sockets. */
export type Effect =
  | { kind: 'session-started'; session: Session }
  | { kind: 'session-patched'; patch: Partial<Pick<Session, 'lectern' | 'spotlight' | 'hands'>> }
  | { kind: 'session-ended' }
  | { kind: 'summoned'; by: MemberId }
  | { kind: 'expelled'; member: MemberId };

export interface Decision {
  ok: true;
  changes: Change[];
  effects: Effect[];
}

/** One pure function a command kind: the same facts and command always give the same answer. */
export type Rule<Kind extends CommandKind> = (
  facts: RoomFacts,
  member: Member,
  command: CommandOf<Kind>,
) => Decision | Refusal;

export type AnyRule = (facts: RoomFacts, member: Member, command: Command) => Decision | Refusal;

/** Allowed, with these rows to write. No rows is a command whose wish was fulfilled already. */
export function allow(changes: Change[] = [], effects: Effect[] = []): Decision {
  return { ok: true, changes, effects };
}
