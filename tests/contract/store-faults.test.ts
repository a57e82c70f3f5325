import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnusableError } from '#server/storage/store-unusable-error.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import type { Ack } from '#shared/protocol/command.ts';
import { agrees, expectedRoom } from '#tests/support/agreement.ts';
import { Bell } from '#tests/support/bell.ts';
import { startCrashingServer } from '#tests/support/crashing-server.ts';
import { connectionTo, forgetPages } from '#tests/support/open-databases.ts';
import { type Group, openGroup } from '#tests/support/open-group.ts';
import { command as wish } from '#tests/support/reading-group.ts';
import { startGracefulServer, startKillableServer, spawnServer } from '#tests/support/restartable-server.ts';
import { links, type RoomVisitor } from '#tests/support/room-visitor.ts';
import { settle } from '#tests/support/settle.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { closed } from '#tests/support/visitor.ts';

/** Starting processes on a busy machine. */
const TIMEOUT_MS = 120_000;
const DATABASE = 'lectern.sqlite';
const PAGE_BYTES = 4_096;
const FRAME_BYTES = PAGE_BYTES + 24;
const LOG_HEADER_BYTES = 32;

const note = ({ chapter }: Group, body: string, annotation = newId<AnnotationId>()) =>
  wish({
    kind: 'annotation.create',
    annotation,
    chapter: chapter.id,
    passage: null,
    colour: 'saffron',
    body,
    visibility: 'room',
  });

const everybody = ({ visitors }: Group) =>
  Promise.all(visitors.flatMap((visitor) => links.map((link) => visitor.connect(link))));
const nobody = ({ visitors }: Group) => {
  for (const visitor of visitors) for (const link of links) visitor.drop(link, 'close');
};

/** Writes until the store takes no more, and gives the refusal's code. Nobody is too fast with so few, so long notes. */
async function writeUntilRefused(group: Group, visitor: RoomVisitor): Promise<string> {
  for (;;) {
    const ack: Ack | null = await visitor.send(note(group, 'words'.repeat(1_600)));
    if (ack?.ok !== true) return ack?.code ?? 'nobody answered';
  }
}

/** Why a small filesystem of our own cannot be had here; null when it can. */
function cannotMount(): string | null {
  if (process.platform !== 'linux') return 'only Linux has tmpfs';
  return process.getuid?.() === 0 ? null : 'mounting takes root';
}

/** Writes nonsense over this part of a file. */
async function harm(path: string, at: number, bytes: number): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.write(Buffer.alloc(bytes, 0xa5), 0, bytes, at);
  await handle.close();
}

describe('a full disk', () => {
  const bell = new Bell();
  const noMount = cannotMount();

  /** What is written is refused and kept, what was acked stays, reading goes on; then there is room again and all goes on. */
  async function outlives(group: Group, makeRoom: () => Promise<void>): Promise<void> {
    const [host, reader] = group.visitors as [RoomVisitor, RoomVisitor];
    expect(await writeUntilRefused(group, host)).toBe('unavailable');
    reader.outbox.add(note(group, 'written while the disk was full'));
    await bell.until(() => reader.answers.some(({ ack }) => !ack.ok && ack.code === 'unavailable'));

    // Who comes now reads what is there.
    reader.drop('margin', 'close');
    expect(await reader.connect('margin')).toBe(true);
    await makeRoom();
    await settle(group, bell);
    for (const visitor of group.visitors) await agrees(group, visitor, expectedRoom(group));
  }

  it.skipIf(noMount !== null)(
    `FT3 refuses what cannot be kept, and harms nothing (${noMount ?? 'a small tmpfs'})`,
    async () => {
      const folder = await mkdtemp(joinPath(tmpdir(), 'lectern-full-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
      const server = await startKillableServer(folder);
      try {
        const group = await openGroup(server, ['reader'], bell);
        await everybody(group);
        const ballast = joinPath(folder, 'ballast');
        await writeFile(ballast, Buffer.alloc(2_000_000));
        await outlives(group, () => rm(ballast));
        await server.restart();
        await everybody(group);
        for (const visitor of group.visitors) await agrees(group, visitor, expectedRoom(group));
        expect(server.complaints().join('')).toContain('database or disk is full');
        nobody(group);
      } finally {
        await server.close();
        execFileSync('umount', [folder]);
        await rm(folder, { recursive: true });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'FT3 the same where the file may not grow',
    async () => {
      const server = await startTestServer();
      const connection = connectionTo(joinPath(server.dataDir, DATABASE));
      try {
        const group = await openGroup(server, ['reader'], bell);
        await everybody(group);
        const pages = Number(connection.prepare('pragma page_count').get()?.page_count);
        connection.exec(`pragma max_page_count = ${pages + 20}`);
        await outlives(group, async () => connection.exec('pragma max_page_count = 1000000'));
        expect(server.logLines().join('')).toContain('database or disk is full');
        nobody(group);
      } finally {
        await server.close();
      }
    },
    TIMEOUT_MS,
  );
});

describe('a store file that was harmed', () => {
  const bell = new Bell();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(joinPath(tmpdir(), 'lectern-harmed-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const file = () => joinPath(folder, DATABASE);

  /** A room with notes in it, as a server that was killed leaves it (all in the log) or one that was stopped (in the file). */
  async function leaveRoom(how: 'killed' | 'stopped'): Promise<void> {
    const server = await startTestServer({ dataDir: joinPath(folder, 'before') });
    const group = await openGroup(server, [], bell);
    await everybody(group);
    for (let count = 0; count < 12; count += 1) await group.visitors[0]?.send(note(group, `note ${count}`));
    nobody(group);
    if (how === 'stopped') await server.close();
    for (const name of [DATABASE, `${DATABASE}-wal`]) {
      const left = joinPath(folder, 'before', name);
      if (existsSync(left)) await copyFile(left, joinPath(folder, name));
    }
    await server.close();
  }

  async function contents(): Promise<Map<string, string>> {
    const names = (await readdir(folder)).filter((name) => name.startsWith(DATABASE) && !/-shm$|\.lock/u.test(name));
    const read = names.map(
      async (name) => [name, (await readFile(joinPath(folder, name))).toString('base64')] as const,
    );
    // An empty log says the same as none.
    return new Map((await Promise.all(read)).filter(([, bytes]) => bytes !== ''));
  }

  /** The sentence with which the start is refused. Asserts that everything is left as it was. */
  async function refusal(): Promise<string> {
    const before = await contents();
    const error: unknown = await startTestServer({ dataDir: folder }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnusableError);
    expect(await contents()).toEqual(before);
    return (error as StoreUnusableError).message;
  }

  it.each([
    ['its first bytes', 0, 16],
    ['its page size', 16, 2],
    ['its schema', 100, 300],
    ['a page of a table', 4 * PAGE_BYTES, 300],
  ])('FT4 is refused at the door with a sentence and left as it is: %s', async (_where, at, bytes) => {
    await leaveRoom('stopped');
    await harm(file(), at, bytes);
    expect(await refusal()).toMatch(
      /(?:damaged|cannot be opened).*Restore it from a backup|is not a room file, or is damaged/u,
    );
  });

  it.each([
    ['its header', 8, 16],
    ['a page in its middle', LOG_HEADER_BYTES + 20 * FRAME_BYTES + 500, 8],
    ['the header of a page', LOG_HEADER_BYTES + 20 * FRAME_BYTES + 16, 8],
  ])(
    'FT4 a log that was harmed is refused, for what was written after it would be lost: %s',
    async (_where, at, bytes) => {
      await leaveRoom('killed');
      await harm(`${file()}-wal`, at, bytes);
      expect(await refusal()).toMatch(/-wal, the log of .*, is damaged.*Restore both from a backup/u);
    },
  );

  it(
    'FT4 the process ends with the sentence',
    async () => {
      await leaveRoom('stopped');
      await harm(file(), 0, 16);
      await expect(spawnServer(folder, [])).rejects.toThrow(/lectern: .*is not a room file, or is damaged/u);
    },
    TIMEOUT_MS,
  );

  it('FT4 the torn end of a log is what a kill leaves, and is let go', async () => {
    await leaveRoom('killed');
    const log = `${file()}-wal`;
    const whole = await readFile(log);
    // The beginning of a transaction that nobody was told of.
    await writeFile(log, Buffer.concat([whole, whole.subarray(LOG_HEADER_BYTES, LOG_HEADER_BYTES + 3_000)]));
    const server = await startTestServer({ dataDir: folder });
    const notes = connectionTo(file()).prepare('select count(*) as notes from annotations').get();
    expect(notes).toEqual({ notes: 12 });
    await server.close();
  });

  it('FT5 damage that shows while the server runs stops it: nobody is sent an empty margin, and nothing more is written', async () => {
    const server = await startTestServer({ dataDir: folder });
    const group = await openGroup(server, ['reader'], bell);
    const [host] = group.visitors as [RoomVisitor];
    await host.connect('events');
    await host.send(note(group, 'safe on disk'));
    forgetPages(file());
    const { size } = await stat(file());
    await harm(file(), PAGE_BYTES, size - PAGE_BYTES);
    const before = await contents();

    const reading = host.browser().sync(`/sync/${group.room}/margin/${group.chapter.id}`);
    const frames: unknown[] = [];
    reading.on('message', (frame) => frames.push(frame));
    expect(await closed(reading)).toBe(1013);
    expect(frames).toEqual([]);
    expect((await server.damaged).message).toMatch(/is damaged, which showed while the server was running/u);
    expect(await host.send(note(group, 'too late'))).toMatchObject({ ok: false, code: 'unavailable' });
    nobody(group);
    await server.close();
    expect(await contents()).toEqual(before);
    expect(await refusal()).toMatch(/damaged|cannot be opened/u);
  });

  it(
    'FT5 the process ends by itself with a sentence',
    async () => {
      const server = await startCrashingServer(folder);
      const group = await openGroup(server, [], bell);
      await group.visitors[0]?.connect('events');
      await server.forget();
      const { size } = await stat(file());
      await harm(file(), PAGE_BYTES, size - PAGE_BYTES);
      expect((await group.visitors[0]?.send(note(group, 'too late')))?.ok).not.toBe(true);
      const { code, said } = await server.ended();
      expect(code).toBe(1);
      expect(said).toMatch(/lectern: .* is damaged, which showed while the server was running.*Restore/u);
      await server.close();
    },
    TIMEOUT_MS,
  );
});

describe('a store file that another program holds', () => {
  it('FT6 stops the start with a sentence', async () => {
    const before = await startTestServer();
    const copy = await mkdtemp(joinPath(tmpdir(), 'lectern-held-'));
    await copyFile(joinPath(before.dataDir, DATABASE), joinPath(copy, DATABASE));
    await before.close();
    const holder = new DatabaseSync(joinPath(copy, DATABASE));
    holder.exec('pragma locking_mode = exclusive; begin exclusive');
    await expect(startTestServer({ dataDir: copy })).rejects.toThrow(
      /is held by another program. Close that one first/u,
    );
    holder.close();
    const server = await startTestServer({ dataDir: copy });
    await server.close();
    await rm(copy, { recursive: true });
  });

  it('FT6 while the server runs refuses what is written and keeps it, and goes on when it is let go', async () => {
    const bell = new Bell();
    const server = await startGracefulServer();
    const group = await openGroup(server, ['reader'], bell);
    const [host] = group.visitors as [RoomVisitor];
    await everybody(group);
    const holder = new DatabaseSync(joinPath(server.dataDir, DATABASE));
    holder.exec('begin immediate');
    host.outbox.add(note(group, 'written while it was held'));
    await bell.until(() => host.answers.some(({ ack }) => !ack.ok && ack.code === 'unavailable'));
    holder.exec('rollback');
    holder.close();
    await settle(group, bell);
    for (const visitor of group.visitors) await agrees(group, visitor, expectedRoom(group));
    expect(server.complaints().join('')).toContain('database is locked');
    nobody(group);
    await server.close();
  });
});
