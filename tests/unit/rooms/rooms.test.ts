import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { marginMaps } from '#shared/records/margin-document.ts';
import { newId } from '#shared/records/ids.ts';
import { command, ReadingGroup } from './reading-group.ts';

let group: ReadingGroup;
beforeEach(async () => {
  group = await ReadingGroup.gather();
});
afterEach(() => group.disband());

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

const all = new Uint8Array();

describe('rooms', () => {
  it('RM1 two who open a room at once get the same one', async () => {
    await group.restart();
    const rooms = await Promise.all([group.rooms.open(group.room.id), group.rooms.open(group.room.id)]);
    expect(rooms[0]).toBe(rooms[1]);
    expect(await group.rooms.open(newId())).toBeNull();
  });

  it('RM2 a command sent twice is one record with one answer, and another under its id is refused', async () => {
    const reader = await group.join('Ada');
    const sent = command({
      kind: 'annotation.create',
      annotation: newId(),
      chapter: group.chapter.id,
      passage: null,
      colour: 'woad',
      body: 'once',
      visibility: 'room',
    });
    const [first, second] = await Promise.all([group.room.submit(reader.id, sent), group.room.submit(reader.id, sent)]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    await group.restart();
    expect(await group.room.submit(reader.id, sent)).toEqual(first);
    expect(await group.room.submit(reader.id, { ...sent, body: 'twice' } as typeof sent)).toMatchObject({
      ok: false,
      code: 'id-taken',
    });
    expect((await group.view(reader)).annotations).toHaveLength(1);
  });

  it('RM3 what is acked is in the margin document, stamped by the server', async () => {
    const reader = await group.join('Ada');
    const id = await group.note(reader, 'so it begins');
    const doc = docOf((await group.marginDocument()).diff(all));
    expect(marginMaps(doc).annotations.get(id)).toMatchObject({
      author: reader.id,
      body: 'so it begins',
      anchor: { hash: 'hash-0', quote: { exact: 'The', prefix: '' } },
    });
  });
});
