import { expect } from 'vitest';
import type { Member } from '#shared/records/member.ts';
import { agrees, expectedRoom, inOrderOfCommit, neverSaw } from '#tests/support/agreement.ts';
import type { ExpectedRoom } from '#tests/support/expected-room.ts';
import { newcomer } from '#tests/support/open-group.ts';
import { links, type RoomVisitor } from '#tests/support/room-visitor.ts';
import type { RoomRun } from './room-run.ts';

/**
 * Asserts of a run that has come to rest that everybody sees what follows from the answers they got, no more and no less,
 * before and after one more restart. Returns how many commands were acknowledged.
 */
export async function judge(run: RoomRun): Promise<number> {
  const { group, server } = run;
  const { visitors } = group;
  const expected = expectedRoom(group);
  for (const { unsettled } of visitors) expect(unsettled).toBe(0);
  await judgeWhatWasSentAgain(run);
  for (const visitor of visitors) {
    await agrees(group, visitor, expected);
    knowsThePeople(visitor, expected);
    neverSaw(visitor, privateWordsOfOthers(expected, visitor));
  }
  await judgeExport(run, expected);

  // What was agreed upon is also what is on disk, and whoever comes new is sent nothing that is out of sight.
  await server.restart();
  const last = await newcomer(server, group, run.bell);
  const everybody = [last, ...visitors];
  await Promise.all(everybody.flatMap((visitor) => links.map((link) => visitor.connect(link))));
  for (const visitor of everybody) {
    await agrees(group, visitor, expected);
    for (const link of links) visitor.drop(link, 'close');
  }
  neverSaw(last, [...expected.outOfSight(wordsOf(run)), ...privateWordsOfOthers(expected, last)]);
  expect(server.complaints()).toEqual([]);
  return inOrderOfCommit(visitors).length;
}

async function judgeWhatWasSentAgain({ pastTheOutbox }: RoomRun): Promise<void> {
  for (const { operation, seq, ack } of await Promise.all(pastTheOutbox)) {
    if (ack === null || (!ack.ok && ack.code === 'too-fast')) continue;
    if (operation === 'repeat') expect(ack).toEqual({ ok: true, seq });
    else expect(ack).toMatchObject({ ok: false, code: 'id-taken' });
  }
}

function knowsThePeople({ members }: RoomVisitor, { roles, muted }: ExpectedRoom): void {
  const people: Member[] = [...members.values()];
  expect(new Map(people.map(({ id, role }) => [id, role]))).toEqual(roles);
  expect(new Set(people.filter((person) => person.muted).map(({ id }) => id))).toEqual(muted);
}

/**
 * Each note and reply in sight of the host is in the export once. What is hidden is not, nor what hangs on it, nor a
 * deleted note under which nothing is left to show.
 */
async function judgeExport({ group: { room, chapter, visitors } }: RoomRun, expected: ExpectedRoom): Promise<void> {
  const host = visitors[0] as RoomVisitor;
  const path = `/api/rooms/${room}/export?format=jsonld&chapter=${chapter.id}`;
  const { body } = await host.browser().ask<string>('GET', path);
  const { first } = JSON.parse(body) as { first: { items: { id: string }[] } };
  const { annotations, replies } = expected.margin();
  const notes = { ...annotations, ...expected.notes(host.id).annotations };
  const shownReplies = Object.entries(replies).filter(([, reply]) => !reply.hidden && !notes[reply.annotation]?.hidden);
  const threads = new Set<string>(shownReplies.map(([, { annotation }]) => annotation));
  const shownNotes = Object.entries(notes).filter(([id, note]) => !note.hidden && (!note.deleted || threads.has(id)));
  const shown = [...shownNotes, ...shownReplies].map(([id]) => id);
  const exported = first.items.map(({ id }) => shown.find((one) => id.endsWith(one)) ?? id);
  expect(exported.sort()).toEqual(shown.sort());
}

const privateWordsOfOthers = ({ privateWords }: ExpectedRoom, visitor: RoomVisitor): string[] =>
  privateWords.filter(({ author }) => author !== visitor.id).map(({ words }) => words);

const wordsOf = ({ operations }: RoomRun): string[] =>
  operations.flatMap((operation) =>
    operation.do === 'write' && 'body' in operation.command ? [operation.command.body] : [],
  );
