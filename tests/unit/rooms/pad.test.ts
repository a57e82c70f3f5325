import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PAD_VERSIONS_MAX, PAD_VERSIONS_MAX_BYTES } from '#shared/protocol/limits.ts';
import { newId } from '#shared/records/ids.ts';
import { padText, type PadBlock } from '#shared/records/pad-block.ts';
import { createRooms } from '#server/rooms/create-rooms.ts';
import type { RoomPad } from '#server/rooms/rooms.ts';
import { written } from '#tests/support/hostile-updates.ts';
import { addParagraph, fragmentOf, paragraph } from '#tests/support/pad-writer.ts';
import { ReadingGroup } from '#tests/support/reading-group.ts';

let group: ReadingGroup;
let pad: RoomPad;
let client = 100;

beforeEach(async () => {
  group = await ReadingGroup.gather();
  pad = await openPad();
});
afterEach(() => group.disband());

async function openPad(): Promise<RoomPad> {
  const opened = await group.room.pad(group.book.id);
  if (!opened) throw new Error('no pad');
  return opened;
}

/** A paragraph under a new client id, as one update. */
const line = (words: string): Uint8Array =>
  written((client += 1), (doc) => fragmentOf(doc).insert(0, [paragraph(words)]));

const write = (words: string) => pad.write(group.host.id, line(words), {});
const words = async () => padText(await pad.blocks());
const says = (text: string): PadBlock => ({ type: 'paragraph', spans: [{ text, marks: [], href: null }] });

function listenIn() {
  const heard: Uint8Array[] = [];
  let gone = false;
  const leave = pad.enter({
    update: (update) => heard.push(update),
    gone: () => {
      gone = true;
    },
  });
  return { heard, leave, isGone: () => gone };
}

/** Spoils bytes in the file, as a bad disk would, while no process has it. */
async function damage(spoil: string, ...values: string[]): Promise<void> {
  await group.rooms.close();
  await group.store.close();
  const file = new DatabaseSync(group.file);
  file.prepare(spoil).run(...values);
  file.close();
  await group.openStore();
  await group.reopen();
}

const spoilSnapshot = () =>
  damage("update documents set snapshot = x'05c801' where document = ?", `pad:${group.book.id}`);

describe('a pad and its store', () => {
  it('PD50 nobody hears of what could not be committed, and the pad goes on', async () => {
    const { heard } = listenIn();
    await write('kept');
    group.fault = () => Promise.reject(new Error('disk full'));
    expect(await write('lost')).toMatchObject({ code: 'unavailable' });
    group.fault = null;
    expect(await words()).toBe('kept');
    expect(await write('after')).toEqual({ ok: true });
    const copy = new Y.Doc();
    for (const update of heard) Y.applyUpdate(copy, update);
    expect(fragmentOf(copy).length).toBe(2);
  });

  it('PD51 a commit that went through although its answer was lost is told to everybody', async () => {
    const { heard } = listenIn();
    group.fault = async (commit) => {
      await commit();
      throw new Error('answer lost');
    };
    expect(await write('in fact kept')).toMatchObject({ code: 'unavailable' });
    group.fault = null;
    const copy = new Y.Doc();
    for (const update of heard) Y.applyUpdate(copy, update);
    expect(fragmentOf(copy).length).toBe(1);
    expect(await words()).toBe('in fact kept');
  });

  it('PD52 who comes in between apply and commit is answered after it', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: applied, resolve: reach } = Promise.withResolvers<void>();
    group.fault = async () => {
      reach();
      await held;
      throw new Error('disk full');
    };
    const writing = write('never seen');
    await applied;
    const answered = new Promise<Uint8Array>((resolve) => {
      void pad.catchUp(new Uint8Array([0]), resolve);
    });
    release();
    expect(await writing).toMatchObject({ code: 'unavailable' });
    group.fault = null;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, await answered);
    expect(fragmentOf(copy).length).toBe(0);
  });

  it('PD53 a long log is folded into its snapshot and says the same after a restart', async () => {
    const document = `pad:${group.book.id}`;
    const { lineage } = pad;
    const log = Array.from({ length: 498 }, (_, index) => ({ document, lineage, update: line(`line ${index}`) }));
    await group.store.commit({ room: group.room.id, command: null, at: 0, changes: [], documents: log });
    await group.restart();
    pad = await openPad();
    for (let index = 0; index < 4; index += 1) await write(`more ${index}`);
    const before = await words();
    expect(before.split('\n')).toHaveLength(502);
    expect((await group.store.document(document))?.updates.length).toBeLessThan(10);
    await group.restart();
    pad = await openPad();
    expect(await words()).toBe(before);
  });

  it('PD54 updates that come at once are one row in the log', async () => {
    await write('first');
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => write(`line ${index}`)));
    expect(outcomes.every((outcome) => outcome !== 'gap' && outcome.ok)).toBe(true);
    const stored = await group.store.document(`pad:${group.book.id}`);
    expect(stored?.updates.length).toBeLessThan(10);
  });

  it('PD55 of updates that come at once a refused one takes no other with it', async () => {
    const outcomes = await Promise.all([
      write('before'),
      pad.write(group.host.id, new Uint8Array([200, 1]), {}),
      write('after'),
    ]);
    expect(outcomes.map((outcome) => outcome !== 'gap' && outcome.ok)).toEqual([true, false, true]);
    expect((await words()).split('\n').toSorted()).toEqual(['after', 'before']);
  });

  it('PD56 a pad of very many client ids is written anew when it is loaded, under another lineage', async () => {
    const doc = new Y.Doc();
    for (let index = 0; index < 1_100; index += 1) {
      doc.clientID = 10_000 + index;
      addParagraph(doc, `${index}`, 0);
    }
    const name = `pad:${group.book.id}`;
    await group.store.replaceDocument(name, pad.lineage, Y.encodeStateAsUpdate(doc));
    const { lineage } = pad;
    await group.restart();
    pad = await openPad();
    expect(pad.lineage).not.toBe(lineage);
    expect((await words()).split('\n')).toHaveLength(1_100);
    const stored = await group.store.document(name);
    expect(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(stored?.snapshot ?? new Uint8Array())).size).toBe(1);
  });
});

describe('a damaged pad', () => {
  it('PD57 is rebuilt from its newest sound version under another lineage, and can be written again', async () => {
    await pad.append(group.host.id, [says('older')]);
    await pad.name(group.host.id, 'Older');
    await pad.append(group.host.id, [says('newer')]);
    await pad.name(group.host.id, 'Newer');
    await pad.append(group.host.id, [says('in no version')]);
    const { lineage } = pad;
    await spoilSnapshot();
    pad = await openPad();
    expect((await words()).trim()).toBe('older\nnewer');
    expect(pad.lineage).not.toBe(lineage);
    expect(await write('after')).toEqual({ ok: true });
    const before = await words();
    await group.restart();
    pad = await openPad();
    expect(await words()).toBe(before);
    expect((await pad.versions.list()).map(({ cause }) => cause)).toEqual(['damaged', 'named', 'named']);
  });

  it('PD57 passes over a version that cannot be read either', async () => {
    await pad.append(group.host.id, [says('older')]);
    await pad.name(group.host.id, 'Older');
    await pad.append(group.host.id, [says('newer')]);
    await pad.name(group.host.id, 'Newer');
    await spoilSnapshot();
    await damage("update pad_versions set content = '[{' where title = ?", 'Newer');
    await damage("update documents set snapshot = x'05c801' where document = ?", `pad:${group.book.id}`);
    pad = await openPad();
    expect((await words()).trim()).toBe('older');
  });

  it('PD58 what can still be read of it is a version, and the pad itself where there is no other', async () => {
    await write('first');
    await write('second');
    await write('third');
    // The second of the log's rows; each line stands under a client id of its own.
    await damage(
      `update document_updates set bytes = x'05c801'
       where seq = (select seq from document_updates where document = ? order by seq limit 1 offset 1)`,
      `pad:${group.book.id}`,
    );
    pad = await openPad();
    const readable = await words();
    expect(readable.split('\n')).toContain('first');
    expect(readable).not.toContain('second');
    const [damaged] = await pad.versions.list();
    if (!damaged) throw new Error('no version');
    expect(damaged).toMatchObject({ cause: 'damaged', title: null, author: null });
    expect(padText((await pad.versions.find(damaged.id))?.blocks ?? [])).toBe(readable);
  });

  it('PD58 found twice, what was read of it the first time does not pass for a sound version', async () => {
    await pad.append(group.host.id, [says('sound')]);
    await pad.name(group.host.id, 'Sound');
    await pad.append(group.host.id, [says('in no version')]);
    await spoilSnapshot();
    pad = await openPad();
    await spoilSnapshot();
    pad = await openPad();
    expect((await words()).trim()).toBe('sound');
  });

  it('PD57 is left as it is when the store fails, which is no damage', async () => {
    await pad.append(group.host.id, [says('kept')]);
    await group.restart();
    const store = { ...group.store, document: () => Promise.reject(new Error('busy')) };
    const faulty = createRooms({ store, now: group.now });
    const room = await faulty.open(group.room.id);
    await expect(room?.pad(group.book.id)).rejects.toThrow('busy');
    await faulty.close();
    pad = await openPad();
    expect((await words()).trim()).toBe('kept');
    expect(await pad.versions.list()).toEqual([]);
  });
});

describe('versions of a pad', () => {
  it('PD60 a version says what the pad said, and a restore writes only the difference and can be undone', async () => {
    await pad.append(group.host.id, [says('first'), says('second')]);
    expect(await pad.name(group.host.id, 'Before the evening')).toEqual({ ok: true });
    await pad.append(group.host.id, [says('third')]);
    const [named] = await pad.versions.list();
    if (!named) throw new Error('no version');
    expect(named).toMatchObject({ cause: 'named', title: 'Before the evening', author: group.host.id });
    const { heard } = listenIn();
    const then = await pad.versions.find(named.id);
    expect(await pad.replace(group.host.id, then?.blocks ?? [])).toEqual({ ok: true });
    expect((await words()).trim()).toBe('first\nsecond');
    expect(heard).toHaveLength(1);
    const [undo] = await pad.versions.list();
    if (!undo) throw new Error('no version');
    expect(undo.cause).toBe('restore');
    const back = await pad.versions.find(undo.id);
    await pad.replace(group.host.id, back?.blocks ?? []);
    expect(await words()).toContain('third');
  });

  it('PD61 when the last one leaves, what was written is kept as a version, and only then', async () => {
    const [one, other] = [listenIn(), listenIn()];
    await write('words');
    one.leave();
    other.leave();
    await pad.blocks();
    expect((await pad.versions.list()).map(({ cause, author }) => [cause, author])).toEqual([['left', group.host.id]]);
    listenIn().leave();
    await pad.blocks();
    expect(await pad.versions.list()).toHaveLength(1);
  });

  it('PD62 of the server’s own versions the oldest goes, of named ones there are so many and no more', async () => {
    for (let index = 0; index < PAD_VERSIONS_MAX; index += 1) await pad.name(group.host.id, `Version ${index}`);
    expect(await pad.name(group.host.id, 'One more')).toMatchObject({ code: 'versions-full' });
    for (let index = 0; index < PAD_VERSIONS_MAX + 2; index += 1) {
      const { leave } = listenIn();
      await write('x');
      leave();
      await pad.blocks();
    }
    const versions = await pad.versions.list();
    expect(versions.filter(({ cause }) => cause === 'left')).toHaveLength(PAD_VERSIONS_MAX);
    expect(versions.filter(({ cause }) => cause === 'named')).toHaveLength(PAD_VERSIONS_MAX);
  });

  it('PD66 versions weigh so much and no more: of the server’s own the oldest go, named ones are refused', async () => {
    await pad.append(group.host.id, [says('x'.repeat(900_000))]);
    const fit = Math.floor(PAD_VERSIONS_MAX_BYTES / 900_200);
    for (let index = 0; index < fit; index += 1) {
      expect(await pad.name(group.host.id, `Version ${index}`)).toEqual({ ok: true });
    }
    expect(await pad.name(group.host.id, 'One more')).toMatchObject({ code: 'versions-full' });
    for (let index = 0; index < fit + 2; index += 1) {
      const { leave } = listenIn();
      await write(`${index}`);
      leave();
      await pad.blocks();
    }
    const sizes = await group.store.padVersionSizes(group.room.id, group.book.id);
    expect(sizes.filter(({ cause }) => cause === 'named')).toHaveLength(fit);
    expect(sizes.filter(({ cause }) => cause === 'left')).toHaveLength(fit);
    const newest = await pad.versions.find(sizes[0]?.id ?? newId());
    expect(padText(newest?.blocks ?? [])).toBe(await words());
  });

  it('PD67 a version is removed by who named it and by who moderates, and makes room', async () => {
    const [ada, grace] = [await group.join('Ada'), await group.join('Grace')];
    await pad.append(ada.id, [says('words')]);
    await pad.name(ada.id, 'Hers');
    await pad.replace(ada.id, []);
    const [own, hers] = await pad.versions.list();
    if (!own || !hers) throw new Error('no versions');
    expect(await pad.removeVersion(grace.id, hers)).toMatchObject({ code: 'not-yours' });
    expect(await pad.removeVersion(ada.id, own)).toMatchObject({ code: 'moderators-only' });
    expect(await pad.removeVersion(ada.id, hers)).toEqual({ ok: true });
    expect(await pad.removeVersion(group.host.id, own)).toEqual({ ok: true });
    expect(await pad.versions.list()).toEqual([]);
  });

  it('PD63 who may not write the pad neither names nor restores nor adds', async () => {
    const listener = await group.join('Lou', 'listener');
    for (const refused of [
      await pad.name(listener.id, 'Mine'),
      await pad.replace(listener.id, []),
      await pad.append(listener.id, [says('x')]),
    ]) {
      expect(refused).toMatchObject({ code: 'listeners-cannot-write' });
    }
  });
});
