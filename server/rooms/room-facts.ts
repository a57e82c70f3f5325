import type { Command } from '#shared/protocol/command.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { TargetId } from '#shared/records/annotation.ts';
import { inReadingOrder } from '#shared/records/reading-order.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import type { RoomFacts } from '#server/rules/facts.ts';
import type { Margins } from './margins.ts';
import type { RoomRecords } from './room-records.ts';

/** Ids of records that a command names: its rule may ask about these and about nothing else. */
export function recordsNamedBy(command: Command): TargetId[] {
  switch (command.kind) {
    case 'annotation.create':
    case 'annotation.edit':
    case 'annotation.delete':
    case 'annotation.undelete':
    case 'annotation.reattach':
      return [command.annotation];
    case 'reply.create':
      return [command.annotation, command.reply];
    case 'reply.edit':
    case 'reply.delete':
    case 'reply.undelete':
      return [command.reply];
    case 'reaction.toggle':
    case 'record.hide':
    case 'record.restore':
      return [command.target];
    default:
      return [];
  }
}

/** The chapter whose text a command's rule reads. */
export function textNeededBy(command: Command, session: Session | null, records: RoomRecords): ChapterId | null {
  if (command.kind === 'book.rename') return records.books.get(command.book)?.chapters[0]?.id ?? null;
  if (command.kind === 'annotation.create') return command.passage === null ? null : command.chapter;
  if (command.kind === 'annotation.reattach') return command.chapter;
  if (command.kind === 'session.start') return command.chapter;
  if (command.kind === 'session.spotlight') return command.passage === null ? null : (session?.chapter ?? null);
  return null;
}

/** The room as the rules may see it for one command; margins and text that it needs are loaded already. */
export function roomFacts(
  now: number,
  records: RoomRecords,
  margins: Margins,
  session: Session | null,
  text: Chapter | null,
): RoomFacts {
  const marginOf = (id: TargetId) => margins.holding(id)?.margin;
  return {
    now,
    room: records.room,
    session,
    member: (id) => records.members.get(id) ?? null,
    book: (id) => records.books.get(id) ?? null,
    shelf: () => inReadingOrder(records.books.values()),
    bookOf: (chapter) => records.bookOf(chapter),
    chapter: (id) => (text?.id === id ? text : null),
    annotation: (id) => marginOf(id)?.annotation(id) ?? null,
    reply: (id) => marginOf(id)?.reply(id) ?? null,
    reactionsOf: (target) => marginOf(target)?.reactionsOf(target) ?? {},
    standingReplies: (annotation) => marginOf(annotation)?.standingReplies(annotation) ?? 0,
    threadLength: (annotation) => marginOf(annotation)?.threadLength(annotation) ?? 0,
    annotationCount: (chapter) => margins.countIn(chapter),
    annotationsInRoom: () => margins.annotationsInRoom,
    marginBytes: (chapter) => margins.weightIn(chapter)?.shared ?? 0,
    memberBytes: (chapter, member) => margins.weightIn(chapter)?.of(member) ?? 0,
  };
}
