import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/records/ids.ts';
import { LiveDocument } from '#server/rooms/live-document.ts';
import { ReadingGroup } from '#tests/support/reading-group.ts';

const whole = new Uint8Array([0]);
const metaOf = (document: LiveDocument): Record<string, string> => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, document.diff(whole));
  return copy.getMap<string>('meta').toJSON();
};
const write = (document: LiveDocument, key: string, value: string): void => {
  const update = document.stage([{ root: 'meta', key, value }]);
  if (update) document.publish(update);
};

describe('a document that is only read', () => {
  it('RM50 falls asleep, answers as before, and is the same when it is written again', () => {
    const document = LiveDocument.create(newId(), []);
    write(document, 'one', 'first');
    const early = document.stateVector();
    write(document, 'two', 'second');
    const awake = { all: document.diff(whole), since: document.diff(early), vector: document.stateVector() };
    document.rest();
    document.rest();
    expect([document.diff(whole), document.stateVector()]).toEqual([awake.all, awake.vector]);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, awake.since);
    const late = new Y.Doc();
    Y.applyUpdate(late, document.diff(early));
    expect(Y.encodeStateVector(late)).toEqual(Y.encodeStateVector(copy));
    write(document, 'one', 'again');
    expect(metaOf(document)).toMatchObject({ one: 'again', two: 'second' });
    expect(document.stage([{ root: 'meta', key: 'two', value: 'second' }])).toBeNull();
  });
});

describe('what a room holds in memory', () => {
  let group: ReadingGroup;
  beforeEach(async () => {
    group = await ReadingGroup.gather();
  });
  afterEach(() => group.disband());

  it('RM51 opening a chapter writes nothing, and its empty documents are the same ones after a restart', async () => {
    const reader = await group.join('Ada');
    const names = [`margin:${group.chapter.id}`, `notes:${group.chapter.id}:${reader.id}`];
    const open = async () => [
      await group.marginDocument(),
      await group.room.notesDocument(group.chapter.id, reader.id),
    ];
    const before = await open();
    for (const name of names) expect(await group.store.document(name)).toBeNull();
    await group.restart();
    expect((await open()).map((document) => document?.lineage)).toEqual(before.map((document) => document?.lineage));
  });

  it('RM51 the first note is stored with how its document began', async () => {
    const before = await group.marginDocument();
    await group.note(group.host, 'the first');
    await group.note(group.host, 'the second');
    const state = before.diff(whole);
    await group.restart();
    const after = await group.marginDocument();
    expect([after.lineage, after.diff(whole)]).toEqual([before.lineage, state]);
  });

  it('RM51 a first note whose commit failed is written when it is sent again', async () => {
    const before = await group.marginDocument();
    group.fault = () => Promise.reject(new Error('the disk is full'));
    await expect(group.note(group.host, 'lost')).rejects.toThrow('unavailable');
    group.fault = null;
    await group.note(group.host, 'kept');
    await group.restart();
    const after = await group.marginDocument();
    expect(after.lineage).toBe(before.lineage);
    expect((await group.view(group.host)).annotations).toMatchObject([{ body: 'kept' }]);
  });
});
