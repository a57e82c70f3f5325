import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Ack, Command } from '#shared/protocol/command.ts';
import type { AnnotationId, ChapterId, CommandId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { bringText, putBook } from '#tests/support/bring.ts';
import { passages } from '#tests/support/passages.ts';
import { type PlainConnection, plainConnection, says, upgradeRequest } from '#tests/support/plain-connection.ts';
import { spawnServer } from '#tests/support/restartable-server.ts';
import { TappedStore } from '#tests/support/tapped-store.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { closed, command, type EventSocket, heard, join, makeRoom, Visitor } from '#tests/support/visitor.ts';

const READERS = 8;
const TABS = 20;
/** A margin of some 12 MB, more than the system's buffers hold for a reader who does not read. */
const LONG_NOTES = 1_500;
const TIMEOUT_MS = 120_000;
/** The ten seconds that the process gives itself, and a busy machine. */
const STUCK_TIMEOUT_MS = 60_000;

const note = (chapter: ChapterId, body: string, id = newId<CommandId>()): Command => ({
  id,
  kind: 'annotation.create',
  annotation: newId<AnnotationId>(),
  chapter,
  passage: null,
  colour: 'woad',
  body,
  visibility: 'room',
});

/** A room on the server at this address, with a hall of readers who each hold both kinds of socket. */
async function fillHall(origin: string) {
  const host = new Visitor(origin);
  const { room, member, invites } = await makeRoom(host);
  const book = await bringText(host, room.id, passages);
  const chapter = book.chapters[0]?.id as ChapterId;
  const writer = await host.enter(room.id);
  const events: EventSocket[] = [];
  const margins: WebSocket[] = [];
  for (let count = 0; count < READERS; count += 1) {
    const reader = new Visitor(origin);
    await join(reader, invites.reader, `Reader ${count}`);
    for (let tab = 0; tab < TABS; tab += 1) {
      const margin = reader.sync(`/sync/${room.id}/margin/${chapter}?protocol=${PROTOCOL_VERSION}`);
      margins.push(margin);
      const [socket] = await Promise.all([reader.enter(room.id), once(margin, 'open')]);
      events.push(socket);
    }
  }
  return { host, by: member.id, room: room.id, chapter, writer, events, margins };
}

/** Leaves in this folder a room with a long margin, and says who may read it. */
async function writeMuch(folder: string) {
  let clock = Date.now();
  const server = await startTestServer({ dataDir: folder, now: () => (clock += 1_000) });
  const host = new Visitor(server.origin);
  const { room, member } = await makeRoom(host);
  const book = await putBook(server, room.id, member.id, ['A ferry came.']);
  const chapter = book.chapters[0]?.id as ChapterId;
  const live = await server.services.rooms.open(room.id);
  const notes = Array.from({ length: LONG_NOTES }, () => note(chapter, 'words'.repeat(1_600)));
  if (!live) throw new Error('the room is gone');
  await Promise.all(notes.map((one) => live.submit(member.id, one)));
  await server.close();
  return { room: room.id, chapter, cookie: host.cookie };
}

/** What connections begin with that never come to an end by themselves. */
const endless = [
  // Never asks for anything.
  '',
  // Never ends its headers, its body, its upgrade.
  'GET /healthz HTTP/1.1\r\n',
  'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  `${upgradeRequest('/sync/', null).trimEnd()}\r\n`,
  // Is kept for another request.
  'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
];

/** Connections of each of these kinds, held open from here on. Resolves when the server has them. */
async function holdOpen(origin: string): Promise<PlainConnection[]> {
  const connections = endless.map((beginning) => plainConnection(origin, beginning));
  // The last is answered, and the server takes connections in the order in which they come.
  const { socket } = connections.at(-1) as PlainConnection;
  await says(socket, '\r\n\r\n');
  return connections;
}

/** Stops reading what the server sends, without a word: a telephone in a tunnel. */
function stopReading(margin: WebSocket): void {
  margin.send(Uint8Array.of(0, 0, 1, 0));
  margin.pause();
}

/** What the server says before it closes this socket. */
const goodbye = (socket: EventSocket): Promise<string> =>
  Promise.race([
    heard(socket, 'goodbye').then(({ code }) => code),
    new Promise<string>((resolve) => socket.once('disconnect', () => resolve('nothing'))),
  ]);

describe('a server that is asked to stop', () => {
  it(
    'FT15 takes nobody in, tells everybody to come back, and commits what it took before it ends',
    async () => {
      const store = new TappedStore();
      const folder = await mkdtemp(joinPath(tmpdir(), 'lectern-draining-'));
      const server = await startTestServer({ dataDir: folder, openStore: store.open });
      const hall = await fillHall(server.origin);
      const { room, by, chapter, writer } = hall;
      const held = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      store.before = (method) => {
        if (method !== 'commit') return undefined;
        reached.resolve();
        return held.promise;
      };
      const live = await server.services.rooms.open(room);
      if (!live) throw new Error('the room is gone');
      const taken = Array.from({ length: 10 }, (_note, at) => note(chapter, `taken ${at}`));
      const answers = taken.map((one): Promise<Ack> => live.submit(by, one));
      await reached.promise;

      const goodbyes = [writer, ...hall.events].map(goodbye);
      const codes = hall.margins.map(closed);
      const closing = server.close();
      expect(new Set(await Promise.all(codes))).toEqual(new Set([1012]));
      await expect(fetch(`${server.origin}/healthz`)).rejects.toThrow('fetch failed');
      expect((await live.submit(by, note(chapter, 'too late'))).ok).toBe(false);
      held.resolve();
      expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
      expect(new Set(await Promise.all(goodbyes))).toEqual(new Set(['restarting']));
      await closing;

      const left = await openSqliteStore(joinPath(folder, 'lectern.sqlite'));
      const { annotations } = await left.margin(room, chapter);
      expect(annotations.map(({ body }) => body)).toEqual(taken.map((_note, at) => `taken ${at}`));
      await left.close();
      await rm(folder, { recursive: true });
    },
    TIMEOUT_MS,
  );

  it(
    'FT16 ends by itself, in time, whoever does not go: hundreds of sockets, one that does not read, connections without an end',
    async () => {
      const folder = await mkdtemp(joinPath(tmpdir(), 'lectern-draining-'));
      const club = await writeMuch(folder);
      const output: string[] = [];
      const { child, port } = await spawnServer(folder, output);
      const hall = await fillHall(`http://127.0.0.1:${port}`);
      const { room, by, chapter, writer, host } = hall;
      const far = new Visitor(host.origin);
      far.cookie = club.cookie;
      const slow = far.sync(`/sync/${club.room}/margin/${club.chapter}?protocol=${PROTOCOL_VERSION}`);
      await once(slow, 'open');
      stopReading(slow);
      const held = await holdOpen(host.origin);
      const acked: CommandId[] = [];
      const busy = Array.from({ length: 40 }, async (_note, at) => {
        const wish = note(chapter, `under way ${at}`);
        if ((await command(writer, { ...wish })).ok) acked.push(wish.id);
      });
      await Promise.race(busy);

      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      // It gives itself ten seconds, and ends with 1 when they were not enough.
      const [code] = (await exit) as [number | null];
      expect({ code, output: output.join('') }).toEqual({ code: 0, output: '' });
      await Promise.all(held.map(({ ended }) => ended));
      host.leave();
      await Promise.race([Promise.all(busy), exit]);

      expect(acked.length).toBeGreaterThan(0);
      const left = await openSqliteStore(joinPath(folder, 'lectern.sqlite'));
      for (const id of acked) expect(await left.committedCommand(room, by, id)).not.toBeNull();
      await left.close();
      await rm(folder, { recursive: true });
    },
    TIMEOUT_MS,
  );

  it(
    'FT16 ends in time when its store does not, says so, and has answered nothing that is not on disk',
    async () => {
      const folder = await mkdtemp(joinPath(tmpdir(), 'lectern-draining-'));
      const output: string[] = [];
      const { child, port } = await spawnServer(folder, output, 'stuck-process.ts');
      const host = new Visitor(`http://127.0.0.1:${port}`);
      const { room } = await makeRoom(host);
      const socket = await host.enter(room.id);
      const answers: Ack[] = [];
      const stuck = once(child, 'message');
      const describing = command(socket, { kind: 'self.describe', name: 'Ada', initials: 'A', ink: 'moss' });
      void describing.then((ack) => answers.push(ack));
      await stuck;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await exit).toEqual([1, null]);
      expect(output.join('')).toContain('stopping took too long');
      expect(answers).toEqual([]);
      host.leave();
      await rm(folder, { recursive: true });
    },
    STUCK_TIMEOUT_MS,
  );
});
