import { expect } from 'vitest';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { CommandId } from '#shared/records/ids.ts';
import type { DocumentLink } from './document-link.ts';
import { type ExpectedRecords, ExpectedRoom, inExpectedTerms } from './expected-room.ts';
import type { Group } from './open-group.ts';
import type { Answer, RoomVisitor } from './room-visitor.ts';

export function recordsOf({ doc }: DocumentLink): MarginRecords {
  const { annotations, replies, reactions } = marginMaps(doc);
  return {
    annotations: new Map([...annotations.values()].map((record) => [record.id, record])),
    replies: new Map([...replies.values()].map((record) => [record.id, record])),
    reactions: new Map(reactions.entries()),
  };
}

/** What the API says of the chapter, to this person. */
export async function marginByApi({ room, chapter }: Group, visitor: RoomVisitor): Promise<MarginRecords> {
  const { status, body } = await visitor.browser().ask<{
    annotations: Annotation[];
    replies: Reply[];
    reactions: Record<string, Reactions>;
  }>('GET', `/api/rooms/${room}/chapters/${chapter.id}/margin`);
  expect(status).toBe(200);
  return {
    annotations: new Map(body.annotations.map((record) => [record.id, record])),
    replies: new Map(body.replies.map((record) => [record.id, record])),
    reactions: new Map(Object.entries(body.reactions)),
  };
}

/**
 * The answers that said yes, by commit number. Asserts that one command always got one number, that no two share one,
 * and that none is left over: a command carried out twice would have taken a second.
 */
export function inOrderOfCommit(visitors: readonly RoomVisitor[]): { seq: number; answer: Answer }[] {
  const acked = new Map<CommandId, { seq: number; answer: Answer }>();
  for (const { answers } of visitors) {
    for (const answer of answers) {
      if (!answer.ack.ok) continue;
      const { seq } = answer.ack;
      const before = acked.get(answer.command.id);
      if (before) expect(seq, `${answer.command.id} has one commit number`).toBe(before.seq);
      else acked.set(answer.command.id, { seq, answer });
    }
  }
  const ordered = [...acked.values()].sort((a, b) => a.seq - b.seq);
  const first = ordered[0]?.seq ?? 0;
  expect(ordered.map(({ seq }) => seq)).toEqual(ordered.map((_command, index) => first + index));
  return ordered;
}

/** The room that follows from what was acknowledged. Throws when something was allowed that must not be. */
export function expectedRoom({ members, chapter, visitors }: Group): ExpectedRoom {
  const room = new ExpectedRoom(members, chapter.blocks);
  for (const { answer } of inOrderOfCommit(visitors)) room.take(answer.by, answer.command);
  return room;
}

/** Asserts that this visitor's copies and the API say what is expected, and that records came in the order they were made. */
export async function agrees(group: Group, visitor: RoomVisitor, expected: ExpectedRoom): Promise<void> {
  const margin = recordsOf(visitor.margin);
  const notes = recordsOf(visitor.notes);
  expect(inExpectedTerms(margin)).toEqual(expected.margin());
  expect(inExpectedTerms(notes)).toEqual(expected.notes(visitor.id));
  for (const { doc } of [visitor.margin, visitor.notes]) {
    expect(doc.store.pendingStructs).toBeNull();
    expect(doc.store.pendingDs).toBeNull();
  }
  expect([...visitor.margin.finalCloses, ...visitor.notes.finalCloses]).toEqual([]);

  const byApi = await marginByApi(group, visitor);
  expect(inExpectedTerms(byApi)).toEqual(joined(expected.margin(), expected.notes(visitor.id)));
  const stamped = [...byApi.annotations.values(), ...byApi.replies.values()];
  const inOrder = stamped.toSorted((a, b) => a.createdAt - b.createdAt).map(({ id }) => id);
  const there = new Set<string>(inOrder);
  expect(inOrder).toEqual(expected.made.filter((id) => there.has(id)));
  expect(new Set(stamped.map(({ createdAt }) => createdAt)).size).toBe(stamped.length);
}

const joined = (a: ExpectedRecords, b: ExpectedRecords): ExpectedRecords => ({
  annotations: { ...a.annotations, ...b.annotations },
  replies: { ...a.replies, ...b.replies },
  reactions: { ...a.reactions, ...b.reactions },
});

/** Asserts that nothing of these words ever came over any connection of this visitor. */
export function neverSaw(visitor: RoomVisitor, words: readonly string[]): void {
  const events = Buffer.from(visitor.heard.join('\n'));
  const all = Buffer.concat([...visitor.margin.frames, ...visitor.notes.frames, events]);
  expect(words.filter((one) => all.indexOf(one) >= 0)).toEqual([]);
}
