import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '#server/storage/sqlite/back-up.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { restore } from '#server/storage/sqlite/restore.ts';
import type { Store } from '#server/storage/store.ts';
import { operate } from '#tests/support/operate.ts';
import { aCommit, aMember, aRoom, anInvite } from './store/records.ts';

/** A copy is made 4 MB at a time: with this much there are several steps. */
const MUCH = Buffer.alloc(12_000_000, 7);
const MEGABYTE = 1_000_000;

let folder: string;
let file: string;
let store: Store;
const room = aRoom();
const host = aMember({ role: 'host' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-backup-'));
  file = join(folder, 'lectern.sqlite');
  store = await openSqliteStore(file);
  await store.createRoom(room, host, [anInvite()]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => join(folder, name);
const quietly = () => ({ onProgress: () => undefined, signal: new AbortController().signal });
const writeDocument = (name: string, bytes: Uint8Array) => store.replaceDocument(name, 'a lineage', bytes);
const at = new Date('2026-02-03T04:05:06.789Z');

describe('a backup', () => {
  it('OP21 is refused where something has its name, where there is no store and where there is no folder', async () => {
    const there = inFolder('there.sqlite');
    writeFileSync(there, 'something else');
    await expect(backUp(file, there, quietly())).rejects.toThrow('is there already');
    expect(readFileSync(there, 'utf8')).toBe('something else');
    await expect(backUp(inFolder('none.sqlite'), inFolder('b'), quietly())).rejects.toThrow('no room file');
    await expect(backUp(file, join(folder, 'none', 'b'), quietly())).rejects.toThrow('no folder');
  });

  it('OP22 has its name only when it is whole: ended before, it leaves nothing', async () => {
    await writeDocument('margin:one', MUCH);
    const ending = new AbortController();
    const target = inFolder('backup.sqlite');
    const seen: string[] = [];
    const onProgress = () => {
      seen.push(...readdirSync(folder));
      ending.abort();
    };
    await expect(backUp(file, target, { onProgress, signal: ending.signal })).rejects.toThrow('aborted');
    expect(seen).toContain('backup.sqlite.part');
    expect(seen).not.toContain('backup.sqlite');
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });

  it('OP17 is of one moment, and comes to its end however much is written meanwhile', async () => {
    await writeDocument('margin:one', MUCH);
    const server = new DatabaseSync(file);
    let steps = 0;
    const onProgress = () => {
      steps += 1;
      // SQLite would begin anew each time, and copy for ever.
      if (steps > 50) throw new Error('it does not end');
      server.exec(`update rooms set title = 'Written meanwhile', seq = seq + 1`);
    };
    const target = inFolder('backup.sqlite');
    await backUp(file, target, { ...quietly(), onProgress });
    server.close();
    expect(steps).toBeGreaterThan(1);
    const copy = new DatabaseSync(target, { readOnly: true });
    expect(copy.prepare('select title from rooms').all()).toEqual([{ title: room.title }]);
    copy.close();
  });

  it('OP23 of a damaged store is none', async () => {
    await writeDocument('margin:one', MUCH);
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8_192, 40_000);
    writeFileSync(file, bytes);
    await expect(backUp(file, inFolder('backup.sqlite'), quietly())).rejects.toThrow(/damaged|malformed/u);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });

  it('OP24 gives up when it is so slow that the log of the server grows too much', async () => {
    await writeDocument('margin:one', MUCH);
    const other = new DatabaseSync(file);
    const options = {
      ...quietly(),
      onProgress: () => other.exec(`update documents set snapshot = zeroblob(${MEGABYTE})`),
      logGrowthMaxBytes: MEGABYTE / 2,
    };
    await expect(backUp(file, inFolder('backup.sqlite'), options)).rejects.toThrow('faster disk');
    other.close();
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });

  it('OP25 is one file that needs no other, for its owner alone', async () => {
    const { code, said } = await operate('backup', folder, ['backup.sqlite'], folder);
    expect(code).toBe(0);
    expect(said).toContain('1 room, 0 notes');
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.sqlite']);
    expect(statSync(inFolder('backup.sqlite')).mode & 0o077).toBe(0);

    expect(await operate('backup', folder, [], folder)).toMatchObject({ code: 1 });
    const again = await operate('backup', folder, ['backup.sqlite'], folder);
    expect(again).toMatchObject({ code: 1 });
    expect(again.said).toMatch(/^lectern: copying .*\nlectern: .*is there already and is left as it is\.\n$/u);
  });
});

describe('restoring', () => {
  beforeEach(async () => {
    await backUp(file, inFolder('backup.sqlite'), quietly());
  });

  it('OP26 is refused while a server has the store', async () => {
    await expect(restore(inFolder('backup.sqlite'), file, { ...quietly(), now: at })).rejects.toThrow(
      'in use by another Lectern',
    );
    const { code, said } = await operate('restore', folder, ['backup.sqlite'], folder);
    expect(code).toBe(1);
    expect(said).toContain('in use by another Lectern server. Stop that one first.');
    expect((await store.room(room.id))?.id).toBe(room.id);
  });

  it('OP27 refuses what is damaged, foreign, newer, missing or the store itself, and changes nothing then', async () => {
    await store.close();
    const spoilt: Record<string, (path: string) => void> = {
      'damaged|malformed': (path) => truncateSync(path, statSync(path).size - 20_000),
      'not a room file': (path) => writeFileSync(path, 'a letter, and no database at all'),
      'not a backup of a room': (path) => setPragma(path, 'application_id = 7'),
      'newer Lectern': (path) => setPragma(path, 'user_version = 999'),
    };
    const before = readFileSync(file);
    for (const [words, spoil] of Object.entries(spoilt)) {
      copyFileSync(inFolder('backup.sqlite'), inFolder('spoilt.sqlite'));
      spoil(inFolder('spoilt.sqlite'));
      const spoiltRestored = restore(inFolder('spoilt.sqlite'), file, { ...quietly(), now: at });
      await expect(spoiltRestored).rejects.toThrow(new RegExp(words, 'u'));
    }
    await expect(restore(inFolder('none'), file, { ...quietly(), now: at })).rejects.toThrow('no file');
    await expect(restore(file, file, { ...quietly(), now: at })).rejects.toThrow('the store itself');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.part') || name.includes('replaced'))).toEqual([]);
  });

  it('OP18 begins a new lineage for every document; margins and notes follow from their rows, all others keep their content', async () => {
    const content = new Uint8Array([1, 2, 3]);
    for (const name of ['margin:one', 'notes:one:her', 'pad:one']) await writeDocument(name, content);
    await backUp(file, inFolder('with-documents.sqlite'), quietly());
    const elsewhere = inFolder('elsewhere.sqlite');
    await restore(inFolder('with-documents.sqlite'), elsewhere, { ...quietly(), now: at });
    const restored = await openSqliteStore(elsewhere);
    expect(await restored.document('margin:one')).toBeNull();
    expect(await restored.document('notes:one:her')).toBeNull();
    const pad = await restored.document('pad:one');
    expect(pad?.snapshot).toEqual(content);
    expect(pad?.lineage).toMatch(/^[0-9a-f]{20}$/u);
    await restored.close();
  });

  it('OP28 keeps the store that was there under a dated name, with what only its log has', async () => {
    await store.commit(
      aCommit(room.id, host.id, { changes: [{ table: 'room', row: { ...room, title: 'Said last' } }] }),
    );
    // What a killed server leaves: file and log as they are while it runs.
    const killed = inFolder('killed.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${killed}${suffix}`);

    const { movedTo } = await restore(inFolder('backup.sqlite'), killed, { ...quietly(), now: at });
    expect(movedTo).toBe(`${killed}.replaced-2026-02-03T040506Z`);
    expect(existsSync(`${killed}-wal`)).toBe(false);
    const titleIn = async (path: string) => {
      const opened = await openSqliteStore(path);
      const title = (await opened.room(room.id))?.title;
      await opened.close();
      return title;
    };
    expect(await titleIn(killed)).toBe(room.title);
    expect(await titleIn(movedTo ?? '')).toBe('Said last');
  });
});

describe('the log of the store', () => {
  it('OP29 grows under a long reader, and is cut back when that has gone', async () => {
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from rooms').get();
    for (let count = 0; count < 8; count += 1) await writeDocument('margin:one', Buffer.alloc(MUCH.length, count));
    const grown = statSync(`${file}-wal`).size;
    expect(grown).toBeGreaterThan(80 * MEGABYTE);
    reader.close();
    // One commit copies the log into the file, the next begins it anew.
    for (let count = 0; count < 2; count += 1) await writeDocument('margin:two', new Uint8Array([count]));
    expect(statSync(`${file}-wal`).size).toBeLessThan(65 * MEGABYTE);
  });
});

function setPragma(path: string, setting: string): void {
  const database = new DatabaseSync(path);
  database.exec(`pragma ${setting}`);
  database.close();
}
