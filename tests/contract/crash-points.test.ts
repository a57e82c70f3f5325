import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRooms } from '#server/rooms/create-rooms.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import { agrees, expectedRoom, inOrderOfCommit } from '#tests/support/agreement.ts';
import { Bell } from '#tests/support/bell.ts';
import { type CrashingServer, startCrashingServer } from '#tests/support/crashing-server.ts';
import { contentsOf, docOf, expected, storedDoc } from '#tests/support/document-by-rows.ts';
import { type Group, openGroup } from '#tests/support/open-group.ts';
import { atEachPoint } from '#tests/support/crash-points.ts';
import { copyAsKilled } from '#tests/support/killed-copy.ts';
import { command, ReadingGroup } from '#tests/support/reading-group.ts';
import { links, type RoomVisitor } from '#tests/support/room-visitor.ts';
import { settle } from '#tests/support/settle.ts';

/** Every point is a process that is started, killed and started again. */
const TIMEOUT_MS = 240_000;
/** More than a document keeps in its log when it is loaded, and while its room lives. */
const LONG_AT_LOAD = 201;
const LONG_IN_LIFE = 500;
/** So many points on each side of the step that forgets the log: the folding, and commands before and after it. */
const POINTS_AROUND = 10;

/**
 * What the dead server left: its margin says what its rows say, what was acked is in both, and nobody was shown what is
 * not. Gives the lineage.
 */
async function judgeWhatIsLeft({ dataDir }: { dataDir: string }, group: Group): Promise<string> {
  const { room, chapter, visitors } = group;
  const store = await openSqliteStore(join(dataDir, 'lectern.sqlite'));
  try {
    const rows = await store.margin(room, chapter.id);
    const ids = rows.annotations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const stored = await store.document(`margin:${chapter.id}`);
    if (!stored) throw new Error('the margin is gone');
    const left = contentsOf(storedDoc(stored));
    expect(left).toEqual(expected(rows, ({ visibility }) => visibility === 'room'));
    for (const { margin } of visitors) expect(left).toMatchObject(contentsOf(margin.doc));
    for (const { seq, answer } of inOrderOfCommit(visitors)) {
      expect(await store.committedCommand(room, answer.by, answer.command.id)).toMatchObject({ seq });
      expect(answer.command).toMatchObject({ kind: 'annotation.create', annotation: expect.toBeOneOf(ids) });
    }
    return stored.lineage;
  } finally {
    await store.close();
  }
}

const note = (chapter: Group['chapter'], annotation: AnnotationId) =>
  command({
    kind: 'annotation.create',
    annotation,
    chapter: chapter.id,
    passage: { start: { block: 'b2', offset: 0 }, end: { block: 'b2', offset: 3 } },
    colour: 'saffron',
    body: 'written at the edge',
    visibility: 'room',
  });

describe('kill -9 between any two steps', () => {
  const bell = new Bell();
  let server: CrashingServer;
  let group: Group;

  beforeAll(async () => {
    server = await startCrashingServer();
    group = await openGroup(server, ['reader', 'listener'], bell);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const visitor of group.visitors) for (const link of links) visitor.drop(link, 'close');
    await server.close();
  });

  it(
    'FT1 of a command: decide, commit, apply, send, ack',
    async () => {
      const { visitors, chapter } = group;
      const [host] = visitors as [RoomVisitor];
      // A margin is stored with its first note.
      await host.connect('events');
      await host.send(note(chapter, newId<AnnotationId>()));
      const diedBefore: string[] = [];
      let lineage: string | null = null;
      for (let points = 0; ; points += 1) {
        await Promise.all(visitors.flatMap((visitor) => links.map((link) => visitor.connect(link))));
        await server.dieAt(points);
        const annotation = newId<AnnotationId>();
        host.outbox.add(note(chapter, annotation));
        const isShown = ({ margin }: RoomVisitor): boolean => marginMaps(margin.doc).annotations.has(annotation);
        const lived = await Promise.race([
          server.died().then((about) => !diedBefore.push(about)),
          bell.until(() => host.unsettled === 0 && visitors.every(isShown)).then(() => true),
        ]);
        if (lived) break;
        await bell.until(() => visitors.every((visitor) => links.every((link) => !visitor.isConnected(link))));
        const left = await judgeWhatIsLeft(server, group);
        lineage ??= left;
        expect(left).toBe(lineage);
        await server.restart();
      }
      await server.dieAt(null);

      // It died at the steps that the title names, or this has shown nothing.
      const steps = ['begin', 'insert into "annotations"', 'insert into "document_updates"', 'insert into "commands"'];
      for (const step of [...steps, 'commit'])
        expect(diedBefore.filter((about) => about.startsWith(step))).not.toEqual([]);
      // One frame for each reader of the margin, and the ack.
      expect(diedBefore.filter((about) => about === 'send').length).toBeGreaterThanOrEqual(visitors.length);

      await settle(group, bell);
      for (const visitor of visitors) await agrees(group, visitor, expectedRoom(group));
      expect(server.complaints()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('kill -9 while a log is folded into its snapshot', () => {
  let folder: string;
  let group: ReadingGroup;
  const copies: { about: string; file: string }[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-folding-'));
    group = await ReadingGroup.gather();
    copies.length = 0;
  });
  afterEach(async () => {
    await group.disband();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs this, and keeps what would be left if the process were killed at each of its points. */
  async function killedThroughout(act: () => Promise<unknown>): Promise<void> {
    const stop = atEachPoint((about) => {
      copies.push({ about, file: copyAsKilled(group.file, join(folder, String(copies.length))) });
    });
    await act();
    stop();
  }

  /** The stored log's length in each copy, after asserting that it says what the rows say, to whoever loads it too. */
  async function logsOf(lineage: string): Promise<number[]> {
    const logs: number[] = [];
    const forgets = copies.findIndex(({ about }) => about.startsWith('delete from "document_updates"'));
    expect(forgets).toBeGreaterThan(0);
    for (const { file } of copies.slice(Math.max(0, forgets - POINTS_AROUND), forgets + POINTS_AROUND)) {
      const store = await openSqliteStore(file);
      const rooms = createRooms({ store, now: group.now });
      const stored = await store.document(`margin:${group.chapter.id}`);
      const rows = expected(await store.margin(group.room.id, group.chapter.id), () => true);
      const loaded = await (await rooms.open(group.room.id))?.marginDocument(group.chapter.id);
      if (!stored || !loaded) throw new Error('the margin is gone');
      expect([stored.lineage, loaded.lineage]).toEqual([lineage, lineage]);
      expect(contentsOf(storedDoc(stored))).toEqual(rows);
      expect(contentsOf(docOf(loaded.diff(new Uint8Array())))).toEqual(rows);
      logs.push(stored.updates.length);
      await rooms.close();
      await store.close();
    }
    return logs;
  }

  it('FT2 the document says the same under the same lineage, when it is folded as it is loaded', async () => {
    for (let count = 0; count < LONG_AT_LOAD; count += 1) await group.note(group.host, `note ${count}`);
    const { lineage } = await group.marginDocument();
    await group.restart();
    await killedThroughout(() => group.marginDocument());
    const steps = copies.map(({ about }) => about.split(' ', 1)[0]).slice(-4);
    expect(steps).toEqual(['begin', 'insert', 'delete', 'commit']);
    // One for each note, and before them how the document began.
    expect(new Set(await logsOf(lineage))).toEqual(new Set([LONG_AT_LOAD + 1]));
    expect((await group.store.document(`margin:${group.chapter.id}`))?.updates).toEqual([]);
  });

  it('FT2 the same when it is folded while people write', async () => {
    for (let count = 0; count < LONG_IN_LIFE - 2; count += 1) await group.note(group.host, `note ${count}`);
    const { lineage } = await group.marginDocument();
    await killedThroughout(async () => {
      for (let count = 0; count < 5; count += 1) await group.note(group.host, `last ${count}`);
    });
    const logs = await logsOf(lineage);
    expect(Math.max(...logs)).toBeGreaterThanOrEqual(LONG_IN_LIFE);
    expect(logs.at(-1)).toBeLessThan(LONG_IN_LIFE);
  });
});
