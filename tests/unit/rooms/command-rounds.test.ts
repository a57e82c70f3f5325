import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, ReplyId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { Member } from '#shared/records/member.ts';
import { command, ReadingGroup } from '#tests/support/reading-group.ts';

describe('commands that come together', () => {
  let group: ReadingGroup;
  let reader: Member;
  beforeEach(async () => {
    group = await ReadingGroup.gather();
    reader = await group.join('Ada');
  });
  afterEach(() => group.disband());

  const remark = (body: string, annotation = newId<AnnotationId>()) =>
    command({
      kind: 'annotation.create',
      annotation,
      chapter: group.chapter.id,
      passage: null,
      colour: 'woad',
      body,
      visibility: 'room',
    });
  const all = new Uint8Array([0]);

  it('CM10 are decided one upon the other, committed together, and change their document once', async () => {
    const document = await group.marginDocument();
    const updates: Uint8Array[] = [];
    document.subscribe((update) => updates.push(update));
    let commits = 0;
    group.fault = (write) => {
      commits += 1;
      return write();
    };
    const thread = newId<AnnotationId>();
    const reply = newId<ReplyId>();
    const acks = await Promise.all(
      [
        remark('the thread', thread),
        command({ kind: 'reply.create', annotation: thread, reply, body: 'an answer' }),
        command({ kind: 'reply.edit', reply, body: 'a better answer' }),
        command({ kind: 'reaction.toggle', target: reply, emoji: '🎉', on: true }),
      ].map((one) => group.room.submit(reader.id, one)),
    );
    const first = acks[0]?.ok === true ? acks[0].seq : 0;
    expect(acks).toEqual([0, 1, 2, 3].map((after) => ({ ok: true, seq: first + after })));
    expect(commits).toBe(1);
    expect(updates).toHaveLength(1);
    const client = new Y.Doc();
    Y.applyUpdate(client, document.diff(all));
    expect(marginMaps(client).replies.get(reply)?.body).toBe('a better answer');
    expect(marginMaps(client).reactions.get(reply)).toEqual({ '🎉': [reader.id] });
    await group.restart();
    expect((await group.view(reader)).replies).toMatchObject([{ body: 'a better answer' }]);
  });

  it('CM10 what changes more than margins is written before the next is decided', async () => {
    const [lock, meanwhile, unlock, after] = await Promise.all([
      group.room.submit(group.host.id, command({ kind: 'room.lock', locked: true })),
      group.room.submit(reader.id, remark('while it is locked')),
      group.room.submit(group.host.id, command({ kind: 'room.lock', locked: false })),
      group.room.submit(reader.id, remark('when it is open')),
    ]);
    expect([lock, unlock, after]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(meanwhile).toMatchObject({ code: 'room-locked' });
    expect((await group.view(reader)).annotations.map(({ body }) => body)).toEqual(['when it is open']);
  });

  it('CM11 are all unavailable when their commit fails, refused ones too, and nothing of them is seen', async () => {
    const document = await group.marginDocument();
    const before = document.diff(all);
    group.fault = () => Promise.reject(new Error('the disk is full'));
    const id = newId<AnnotationId>();
    const acks = await Promise.all(
      // The third is refused because of the first, which nobody will ever have written.
      [remark('one', id), remark('two'), remark('again', id)].map((one) => group.room.submit(reader.id, one)),
    );
    expect(acks).toMatchObject([{ code: 'unavailable' }, { code: 'unavailable' }, { code: 'unavailable' }]);
    expect(document.diff(all)).toEqual(before);
    group.fault = null;
    expect(await group.room.submit(reader.id, remark('later', id))).toMatchObject({ ok: true });
    expect((await group.view(reader)).annotations.map(({ body }) => body)).toEqual(['later']);
  });

  it('CM12 the same command twice in one breath is one record, and another under its id is refused', async () => {
    const sent = remark('once');
    const [one, two, other] = await Promise.all([
      group.room.submit(reader.id, sent),
      group.room.submit(reader.id, sent),
      group.room.submit(reader.id, { ...remark('otherwise'), id: sent.id }),
    ]);
    expect(one).toMatchObject({ ok: true });
    expect(two).toEqual(one);
    expect(other).toMatchObject({ code: 'id-taken' });
    expect((await group.view(reader)).annotations.map(({ body }) => body)).toEqual(['once']);
  });
});
