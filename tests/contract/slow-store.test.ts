import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ack } from '#shared/protocol/command.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import { Bell } from '#tests/support/bell.ts';
import { putBook } from '#tests/support/bring.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { TappedStore } from '#tests/support/tapped-store.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, command, heard, type MadeRoom, makeRoom, Visitor } from '#tests/support/visitor.ts';

/** More than may wait in one room, in rounds of 64. */
const FLOOD = 2_500;
const SECOND_MS = 1_000;
/** Four who read and two who enter. */
const COMERS = 6;

let store: TappedStore;
let server: TestServer;
let clock = 1_700_000_000_000;

beforeEach(async () => {
  store = new TappedStore();
  server = await startTestServer({
    openStore: store.open,
    // A second between two readings, so that nobody is too fast and what is refused is refused for the queue's sake.
    now: () => (clock += SECOND_MS),
  });
});
afterEach(() => server.close());

interface Club {
  made: MadeRoom;
  write: (body: string) => Promise<Ack>;
  misspelt: () => Promise<Ack>;
}

async function openClub(): Promise<Club> {
  const host = new Visitor(server.origin);
  const made = await makeRoom(host);
  const book = await putBook(server, made.room.id, made.member.id, ['A ferry came.']);
  const socket = await host.enter(made.room.id);
  const write = (body: string): Promise<Ack> =>
    command(socket, {
      kind: 'annotation.create',
      annotation: newId(),
      chapter: book.chapters[0]?.id,
      passage: null,
      colour: 'woad',
      body,
      visibility: 'room',
    });
  return { made, write, misspelt: () => command(socket, { kind: 'no such command' }) };
}

/** Holds back every call of this kind about this room until it is opened. */
function gate(method: 'commit' | 'margin' | 'room', room: RoomId) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  store.before = (called, about) => {
    const concerned = typeof about === 'object' && about !== null && 'room' in about ? about.room : about;
    if (called !== method || concerned !== room) return undefined;
    reached.resolve();
    return promise;
  };
  return { reached: reached.promise, open: resolve };
}

describe('a store that is slow', () => {
  it('FT7 holds up the room that waits for it and no other, and what waited is acked in the end', async () => {
    const [slow, other] = [await openClub(), await openClub()];
    const { reached, open } = gate('commit', slow.made.room.id);
    const waiting = [slow.write('first'), slow.write('second')];
    await reached;
    for (let count = 0; count < 20; count += 1) expect(await other.write(`note ${count}`)).toMatchObject({ ok: true });
    open();
    expect(await Promise.all(waiting)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await slow.write('after')).toMatchObject({ ok: true });
  });

  it('FT7 while a long margin is read, other rooms go on', async () => {
    const [slow, other] = [await openClub(), await openClub()];
    const { reached, open } = gate('margin', slow.made.room.id);
    const waiting = slow.write('first');
    await reached;
    expect(await other.write('meanwhile')).toMatchObject({ ok: true });
    open();
    expect(await waiting).toMatchObject({ ok: true });
  });

  it('FT8 of a flood, so much waits and the rest is refused as too fast; every command has its answer', async () => {
    const { made, write, misspelt } = await openClub();
    const { reached, open } = gate('commit', made.room.id);
    const first = write('first');
    await reached;
    const answers = Array.from({ length: FLOOD }, (_command, count) => write(`note ${count}`));
    // Sent behind all of them, and answered without waiting for anything.
    const refused = await Promise.race([...answers, misspelt()]);
    expect(refused).toMatchObject({ ok: false, code: 'too-fast' });
    open();
    const acks = [await first, ...(await Promise.all(answers))];
    const taken = acks.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThan(1_000);
    expect(taken).toBeLessThan(FLOOD);
    expect(acks.flatMap((ack) => (ack.ok ? [] : [ack.code])).every((code) => code === 'too-fast')).toBe(true);
    expect(await write('after')).toMatchObject({ ok: true });
  });
});

/** The room's address on a server that has not read it yet. */
async function unread() {
  const folder = await mkdtemp(joinPath(tmpdir(), 'lectern-unread-'));
  const before = await startTestServer({ dataDir: folder });
  const host = new Visitor(before.origin);
  const made = await makeRoom(host);
  const book = await putBook(before, made.room.id, made.member.id, ['A ferry came.']);
  const socket = await host.enter(made.room.id);
  const chapter = book.chapters[0]?.id as ChapterId;
  const wish = { kind: 'annotation.create', annotation: newId(), chapter, passage: null, colour: 'woad' };
  await command(socket, { ...wish, body: 'not to be lost', visibility: 'room' });
  host.leave();
  await before.close();
  const after = await startTestServer({ dataDir: folder, openStore: store.open });
  const visitor = new Visitor(after.origin);
  visitor.cookie = host.cookie;
  const close = async (): Promise<void> => {
    visitor.leave();
    await after.close();
    await rm(folder, { recursive: true });
  };
  return { visitor, room: made.room.id, chapter, close };
}

describe('a load', () => {
  it.each(['room', 'members', 'books', 'margin', 'document'] as const)(
    'FT9 that fails as it reads the %s refuses the room, never shows it empty, and is tried again',
    async (failing) => {
      const { visitor, room, chapter, close } = await unread();
      const bell = new Bell();
      const margin = new DocumentLink(`/sync/${room}/margin/${chapter}`, bell);
      const failed = Promise.withResolvers<number>();
      store.before = (method) => {
        if (method === failing) throw new Error('no disk');
      };
      expect(
        await margin.connect((path) => {
          const socket = visitor.sync(path);
          void closed(socket).then(failed.resolve);
          return socket;
        }),
      ).toBe(false);
      expect(await failed.promise).toBe(1013);
      expect(margin.frames).toEqual([]);

      store.before = () => undefined;
      expect(await margin.connect((path) => visitor.sync(path))).toBe(true);
      expect([...marginMaps(margin.doc).annotations.values()]).toMatchObject([{ body: 'not to be lost' }]);
      margin.drop('close');
      await close();
    },
  );

  it('FT9 that fails tells who knocks at the room that it is not available, and lets them in the next time', async () => {
    const { visitor, room, close } = await unread();
    store.before = (method) => {
      if (method === 'room') throw new Error('no disk');
    };
    const socket = visitor.events(room);
    const refused = new Promise<string>((resolve) => {
      socket.once('connect_error', (error) => resolve(error.message));
      socket.once('disconnect', resolve);
    });
    socket.connect();
    expect(await refused).toBe('unavailable');
    store.before = () => undefined;
    const state = heard(socket, 'room.state');
    socket.connect();
    expect((await state).books).toHaveLength(1);
    await close();
  });

  it('FT10 is one, however many come at once and however long it takes', async () => {
    const { visitor, room, chapter, close } = await unread();
    store.calls.length = 0;
    const loading = Promise.withResolvers<void>();
    const allCame = Promise.withResolvers<void>();
    store.before = (method) => {
      const came = store.calls.filter((call) => call.method === 'deviceByToken').length;
      // Each has said who they are, and asks for the room before the loop turns again.
      if (came === COMERS) setImmediate(allCame.resolve);
      return method === 'room' ? loading.promise : undefined;
    };
    const bell = new Bell();
    const margins = Array.from({ length: 4 }, () => new DocumentLink(`/sync/${room}/margin/${chapter}`, bell));
    const connected = margins.map((margin) => margin.connect((path) => visitor.sync(path)));
    const entering = [visitor.enter(room), visitor.enter(room)];
    await allCame.promise;
    loading.resolve();
    expect(await Promise.all(connected)).toEqual([true, true, true, true]);
    await Promise.all(entering);
    expect(store.calls.filter(({ method }) => method === 'room')).toHaveLength(1);
    expect(store.calls.filter(({ method }) => method === 'margin')).toHaveLength(1);
    expect(store.calls.filter(({ method }) => method === 'document')).toHaveLength(1);
    for (const margin of margins) margin.drop('close');
    await close();
  });
});
