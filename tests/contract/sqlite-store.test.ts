import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile, readFile, open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { StoreUnusableError } from '#server/storage/store-unusable-error.ts';
import type { AnnotationId, ChapterId, CommandId, MemberId, RoomId } from '#shared/records/ids.ts';
import { aBook, aCommit, aMember, aRoom, anAnnotation, anInvite } from './store/records.ts';
import { storeContract } from './store/contract.ts';

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-store-'));
  const file = join(folder, 'made', 'by', 'opening', 'room.db');
  let store = await openSqliteStore(file);
  return {
    store,
    async reopen() {
      await store.close();
      store = await openSqliteStore(file);
      return store;
    },
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

const WRITER = join(import.meta.dirname, 'store/crash-writer.ts');

interface Written {
  room: RoomId;
  chapter: ChapterId;
  host: MemberId;
  document: string;
}

interface Acked {
  seq: number;
  command: CommandId;
  annotation: AnnotationId;
}

/** Starts the writer and resolves with its first line; `acked` grows with each commit that it acknowledged. */
async function startWriter(file: string) {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<void>((resolve) => {
    lines.on('close', resolve);
  });
  const acked: Acked[] = [];
  const enough = Promise.withResolvers<void>();
  const written = await new Promise<Written>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the writer ended by itself with ${code}`)));
    lines.once('line', (first) => {
      lines.on('line', (line) => {
        acked.push(JSON.parse(line));
        if (acked.length === 200) enough.resolve();
      });
      resolve(JSON.parse(first));
    });
  });
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  return {
    written,
    acked,
    enough: enough.promise,
    async kill() {
      child.kill('SIGKILL');
      await Promise.all([exited, ended]);
    },
  };
}

describe('a SQLite file that a server left or another holds', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-store-'));
    file = join(folder, 'room.db');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** A closed file with one room and enough pages to damage some. */
  async function leaveRoom(): Promise<RoomId> {
    const store = await openSqliteStore(file);
    const room = aRoom();
    const host = aMember({ role: 'host' });
    const { book, chapters } = aBook(host.id, 30);
    await store.createRoom(room, host, [anInvite()]);
    const annotations = chapters.flatMap(({ id }) => Array.from({ length: 5 }, () => anAnnotation(id, host.id)));
    await store.commit(
      aCommit(room.id, host.id, {
        changes: [
          { table: 'book', row: book, chapters },
          ...annotations.map((row) => ({ table: 'annotation' as const, row })),
        ],
      }),
    );
    await store.close();
    return room.id;
  }

  it('ST22 after kill -9 in the middle of commits everything acknowledged is there, whole and once', async () => {
    const writer = await startWriter(file);
    await writer.enough;
    await writer.kill();
    const { written, acked } = writer;
    expect(acked.length).toBeGreaterThanOrEqual(200);

    const store = await openSqliteStore(file);
    try {
      const annotations = (await store.margin(written.room, written.chapter)).annotations.map(({ id }) => id);
      const document = await store.document(written.document);
      const updates = document?.updates.map((update) => new TextDecoder().decode(update)) ?? [];
      // Rows, document and commands are of one transaction, so the three tell one story.
      expect(updates).toEqual(annotations);
      expect(new Set(annotations).size).toBe(annotations.length);
      for (const { seq, command, annotation } of acked) {
        expect(annotations).toContain(annotation);
        expect(await store.committedCommand(written.room, written.host, command)).toEqual({ seq, digest: 'digest' });
      }
      // One commit brought the book, each of the others one annotation.
      expect(await store.commit(aCommit(written.room, written.host))).toBe(annotations.length + 2);
    } finally {
      await store.close();
    }
  });

  it('ST23 a file in use by another process is refused, and is free once that process was killed', async () => {
    const writer = await startWriter(file);
    try {
      const opening = openSqliteStore(file);
      await expect(opening).rejects.toThrow(StoreUnusableError);
      await expect(opening).rejects.toThrow('in use by another Lectern server');
    } finally {
      await writer.kill();
    }
    const store = await openSqliteStore(file);
    expect(await store.room(writer.written.room)).not.toBeNull();
    await store.close();
  });

  it('ST23 a file in use by this process is refused, and the first store goes on', async () => {
    const store = await openSqliteStore(file);
    await expect(openSqliteStore(file)).rejects.toThrow('in use by another Lectern server');
    await store.ping();
    await store.close();
  });

  it('ST23 a running store can be read by another program, for a backup', async () => {
    const store = await openSqliteStore(file);
    const room = aRoom();
    await store.createRoom(room, aMember(), []);
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('select id from rooms').all()).toEqual([{ id: room.id }]);
    reader.close();
    await store.close();
  });

  it('ST24 a damaged file is refused and left as it is', async () => {
    await leaveRoom();
    const handle = await openFile(file, 'r+');
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size - 8192, 0xa5), 0, size - 8192, 8192);
    await handle.close();
    const before = await readFile(file);
    const opening = openSqliteStore(file);
    await expect(opening).rejects.toThrow(StoreUnusableError);
    await expect(opening).rejects.toThrow(/damaged|cannot be opened/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('ST24 a file cut short is refused', async () => {
    await leaveRoom();
    const handle = await openFile(file, 'r+');
    await handle.truncate(10_000);
    await handle.close();
    await expect(openSqliteStore(file)).rejects.toThrow(StoreUnusableError);
  });

  it('ST24 a file that is no database is refused and left as it is', async () => {
    await writeFile(file, 'a shopping list');
    await expect(openSqliteStore(file)).rejects.toThrow('is not a room file');
    expect(await readFile(file, 'utf8')).toBe('a shopping list');
  });

  it('ST24 the database of another program is refused', async () => {
    const other = new DatabaseSync(file);
    other.exec('create table bookmarks (url text)');
    other.close();
    await expect(openSqliteStore(file)).rejects.toThrow('another program');
  });

  it('ST24 a log whose file is gone is refused, not thrown away', async () => {
    await writeFile(`${file}-wal`, 'what was written last');
    await expect(openSqliteStore(file)).rejects.toThrow('log');
    expect(await readFile(`${file}-wal`, 'utf8')).toBe('what was written last');
  });

  it('ST25 a file of a newer version is refused and left as it is', async () => {
    const room = await leaveRoom();
    const raw = new DatabaseSync(file);
    const version = Number(raw.prepare('pragma user_version').get()?.user_version);
    raw.exec('pragma user_version = 999');
    const opening = openSqliteStore(file);
    await expect(opening).rejects.toThrow(StoreUnusableError);
    await expect(opening).rejects.toThrow('newer Lectern');
    raw.exec(`pragma user_version = ${version}`);
    raw.close();
    const store = await openSqliteStore(file);
    expect(await store.room(room)).not.toBeNull();
    await store.close();
  });

  it('ST25 a file whose making was cut off before the first step is made anew', async () => {
    const begun = new DatabaseSync(file);
    begun.exec('pragma journal_mode = wal');
    begun.close();
    const store = await openSqliteStore(file);
    const room = aRoom();
    await store.createRoom(room, aMember(), []);
    expect(await store.room(room.id)).toEqual(room);
    await store.close();
  });
});
