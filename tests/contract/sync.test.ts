import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Book } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { Member } from '#shared/records/member.ts';
import { answerFrame, updateFrame } from '#server/sync/frames.ts';
import { putBook } from '#tests/support/bring.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { closed, command, join, makeRoom, Visitor } from '#tests/support/visitor.ts';
import type { EventSocket, MadeRoom } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
let book: Book;
let ofHost: EventSocket;
const visitor = visitors(() => server);
const providers: WebsocketProvider[] = [];

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
  book = await putBook(server, made.room.id, made.member.id, ['One line of words.', 'Another line of words.']);
  ofHost = await host.enter(made.room.id);
});
afterEach(() => {
  for (const provider of providers.splice(0)) provider.destroy();
});

async function reader(name = 'Grace'): Promise<{ guest: Visitor; member: Member }> {
  const guest = visitor();
  return { guest, member: await join(guest, made.invites.reader, name) };
}

const chapterId = () => book.chapters[0]?.id ?? '';
const path = (kind: 'margin' | 'notes') => `/sync/${made.room.id}/${kind}/${chapterId()}`;

function note(body: string, visibility: 'room' | 'private' = 'room') {
  return {
    kind: 'annotation.create',
    annotation: newId(),
    chapter: chapterId(),
    passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
    colour: 'saffron',
    body,
    visibility,
  };
}

/** The real client, as a page runs it. */
function read(who: Visitor, kind: 'margin' | 'notes', params: Record<string, string> = {}) {
  const doc = new Y.Doc();
  class WithCookie extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie: who.cookie ?? '' } });
    }
  }
  const provider = new WebsocketProvider(
    `${server.origin.replace('http', 'ws')}/sync`,
    `${made.room.id}/${kind}/${chapterId()}`,
    doc,
    {
      WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      params,
    },
  );
  providers.push(provider);
  const synced = new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  const refused = new Promise<number>((resolve) =>
    provider.once('closed', (event: { code: number }) => resolve(event.code)),
  );
  return { doc, provider, synced, refused };
}

/** The socket that such a client has open. */
const socketOf = ({ provider }: ReturnType<typeof read>) => provider.ws as unknown as WebSocket;

const bodies = (doc: Y.Doc) =>
  [...marginMaps(doc).annotations.values()].map((annotation) => annotation.body).toSorted();

function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      doc.off('update', check);
      resolve();
    };
    doc.on('update', check);
    check();
  });
}

function forgedUpdate(): Uint8Array {
  const doc = new Y.Doc();
  marginMaps(doc).meta.set('lineage', 'forged');
  return Y.encodeStateAsUpdate(doc);
}

const opened = (socket: WebSocket): Promise<void> => new Promise((resolve) => socket.once('open', () => resolve()));
const nextFrame = (socket: WebSocket): Promise<Buffer> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(data as Buffer)));
const askForAll = new Uint8Array([0, 0, 1, 0]);

describe('reading a margin', () => {
  it('SY1 the real client catches up and then hears each commit', async () => {
    await command(ofHost, note('before'));
    const { doc, synced } = read((await reader()).guest, 'margin');
    await synced;
    expect(bodies(doc)).toEqual(['before']);
    const arrives = until(doc, () => bodies(doc).includes('after'));
    await command(ofHost, note('after'));
    await arrives;
    expect(bodies(doc)).toEqual(['after', 'before']);
  });

  it('SY2 a client that was away is sent only what it lacks', async () => {
    await command(ofHost, note('had before'));
    const away = read(host, 'margin');
    await away.synced;
    away.provider.disconnect();
    const has = Y.encodeStateVector(away.doc);
    await command(ofHost, note('meanwhile'));
    const caughtUp = until(away.doc, () => bodies(away.doc).includes('meanwhile'));
    away.provider.connect();
    await caughtUp;
    expect(bodies(away.doc)).toEqual(['had before', 'meanwhile']);
    // What that connection was sent, asked for by another.
    const socket = host.sync(path('margin'));
    await opened(socket);
    const answer = nextFrame(socket);
    socket.send(new Uint8Array([0, 0, has.length, ...has]));
    expect(String(await answer)).toContain('meanwhile');
    expect(String(await answer)).not.toContain('had before');
  });

  it('SY3 a copy of another lineage is refused for good', async () => {
    const { refused, synced } = read(host, 'margin', { lineage: 'something-else' });
    expect(await Promise.race([refused, synced])).toBe(4409);
    const right = read(host, 'margin');
    await right.synced;
    const lineage = marginMaps(right.doc).meta.get('lineage') ?? '';
    expect(lineage).not.toBe('');
    await read(host, 'margin', { lineage }).synced;
  });

  it('SY4 honest silence is kept up by an empty update that changes nothing', async () => {
    const reading = read(host, 'margin');
    await reading.synced;
    const before = Y.encodeStateVector(reading.doc);
    const beat = nextFrame(socketOf(reading));
    server.beat();
    await beat;
    expect(Y.encodeStateVector(reading.doc)).toEqual(before);
    expect(reading.provider.wsconnected).toBe(true);
  });
});

describe('who may read', () => {
  it('SY5 nobody without a valid cookie', async () => {
    expect(await closed(visitor().sync(path('margin')))).toBe(4401);
    const forged = visitor();
    forged.cookie = `lectern=${'B'.repeat(43)}`;
    expect(await closed(forged.sync(path('margin')))).toBe(4401);
  });

  it('SY6 nobody from another room', async () => {
    const stranger = visitor();
    await makeRoom(stranger);
    expect(await closed(stranger.sync(path('margin')))).toBe(4403);
  });

  it('SY7 there is nothing at other addresses', async () => {
    const nowhere = [
      `/sync/${made.room.id}/margin/${newId()}`,
      `/sync/${made.room.id}/diary/${chapterId()}`,
      `/sync/${made.room.id}/notes/${chapterId()}/${made.member.id}`,
      '/sync/x',
      `/sync/${made.room.id}/margin/..%2f..%2fetc`,
    ];
    for (const address of nowhere) expect(await closed(host.sync(address))).toBe(4404);
  });

  it('SY8 private notes are sent to their author and to nobody else, not even the host', async () => {
    const { guest } = await reader();
    const ofReader = await guest.enter(made.room.id);
    await command(ofReader, note('a secret', 'private'));
    await command(ofHost, note('of the host', 'private'));
    const own = read(guest, 'notes');
    await own.synced;
    expect(bodies(own.doc)).toEqual(['a secret']);
    const hosts = read(host, 'notes');
    await hosts.synced;
    expect(bodies(hosts.doc)).toEqual(['of the host']);
    const margin = read(host, 'margin');
    await margin.synced;
    expect(bodies(margin.doc)).toEqual([]);
  });

  it('SY9 a removed member is closed at once, and refused when it comes back', async () => {
    const { guest, member } = await reader();
    const reading = read(guest, 'margin');
    await reading.synced;
    await command(ofHost, { kind: 'member.remove', member: member.id });
    expect(await Promise.race([reading.refused, stillAnswers(socketOf(reading))])).toBe(4403);
    const again = guest.sync(path('margin'));
    expect(await Promise.race([closed(again), stillAnswers(again)])).toBe(4403);
  });

  it('SY10 a browser that is signed out is closed at once', async () => {
    const link = await host.ask<{ token: string }>('POST', `/api/rooms/${made.room.id}/devices/link`);
    const phone = visitor();
    await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
    const reading = read(phone, 'margin');
    await reading.synced;
    const { body } = await host.ask<{ devices: { id: string; current: boolean }[] }>(
      'GET',
      `/api/rooms/${made.room.id}/devices`,
    );
    await host.ask('DELETE', `/api/rooms/${made.room.id}/devices/${body.devices.find((one) => !one.current)?.id}`);
    expect(await Promise.race([reading.refused, stillAnswers(socketOf(reading))])).toBe(4401);
  });
});

describe('who may write: nobody', () => {
  it('SY11 a forged update, as either kind of message, closes its sender and reaches nobody', async () => {
    const watcher = read(host, 'margin');
    await watcher.synced;
    const lineage = marginMaps(watcher.doc).meta.get('lineage');
    for (const frame of [updateFrame(forgedUpdate()), answerFrame(forgedUpdate())]) {
      const { guest } = await reader();
      const socket = guest.sync(path('margin'));
      await opened(socket);
      const end = closed(socket);
      socket.send(frame);
      expect(await Promise.race([end, stillAnswers(socket)])).toBe(4400);
    }
    const arrives = until(watcher.doc, () => bodies(watcher.doc).includes('still here'));
    await command(ofHost, note('still here'));
    await arrives;
    expect(marginMaps(watcher.doc).meta.get('lineage')).toBe(lineage);
    const fresh = read(host, 'margin');
    await fresh.synced;
    expect(marginMaps(fresh.doc).meta.get('lineage')).toBe(lineage);
  });

  it('SY12 the author of private notes cannot write them here either', async () => {
    const socket = host.sync(path('notes'));
    await opened(socket);
    const end = closed(socket);
    socket.send(updateFrame(forgedUpdate()));
    expect(await Promise.race([end, stillAnswers(socket)])).toBe(4400);
  });

  it('SY13 garbage of every kind closes its sender alone', async () => {
    const watcher = read(host, 'margin');
    await watcher.synced;
    const garbage = [
      new Uint8Array([]),
      new Uint8Array([9, 9, 9]),
      new Uint8Array([0]),
      new Uint8Array([0, 0, 5, 1]),
      new Uint8Array([0, 7, 1, 0]),
      new Uint8Array([0, 0, 255, 255, 255, 255, 15]),
      new Uint8Array([0, 0, 3, 200, 1, 1]),
      new Uint8Array([0, 0, 1, 0, 0]),
      'text',
    ];
    for (const frame of garbage) {
      const socket = host.sync(path('margin'));
      await opened(socket);
      const end = closed(socket);
      socket.send(frame);
      expect([String(frame), await Promise.race([end, stillAnswers(socket)])]).toEqual([String(frame), 4400]);
    }
    expect(watcher.provider.wsconnected).toBe(true);
  });

  it('SY14 a giant frame closes its sender', async () => {
    const socket = host.sync(path('margin'));
    await opened(socket);
    const end = closed(socket);
    socket.send(new Uint8Array(70_000));
    expect(await Promise.race([end, stillAnswers(socket)])).toBe(1009);
  });

  it('SY15 awareness is passed on to nobody and echoed to nobody', async () => {
    const { guest } = await reader();
    const [talker, watcher] = [guest.sync(path('margin')), host.sync(path('margin'))];
    await Promise.all([opened(talker), opened(watcher)]);
    const heardByTalker = nextFrame(talker);
    const heardByWatcher = nextFrame(watcher);
    talker.send(new Uint8Array([1, 5, 1, 1, 1, 1, 123]));
    talker.send(new Uint8Array([3]));
    for (const socket of [talker, watcher]) socket.send(askForAll);
    for (const frame of [await heardByTalker, await heardByWatcher]) expect([frame[0], frame[1]]).toEqual([0, 1]);
  });

  it('SY16 a socket that asks without end is closed as too many', async () => {
    const socket = host.sync(path('margin'));
    await opened(socket);
    const end = closed(socket);
    let answers = 0;
    const allAnswered = new Promise((resolve) => {
      socket.on('message', () => (answers += 1) === 200 && resolve('all answered'));
    });
    for (let frame = 0; frame < 200; frame += 1) socket.send(askForAll);
    expect(await Promise.race([end, allAnswered])).toBe(4429);
  });

  it('SY17 one member cannot hold sockets without end', async () => {
    const sockets = Array.from({ length: 61 }, () => host.sync(path('margin')));
    const firstEnd = Promise.race(sockets.map((socket) => closed(socket)));
    const allIn = Promise.all(sockets.map((socket) => stillAnswers(socket)));
    expect(await Promise.race([firstEnd, allIn])).toBe(4429);
  });

  it('SY18 when the server stops, sockets are told to come back', async () => {
    const stopping = await startTestServer();
    const one = new Visitor(stopping.origin);
    const { room, member } = await makeRoom(one);
    const brought = await putBook(stopping, room.id, member.id, ['Some words.']);
    const socket = one.sync(`/sync/${room.id}/margin/${brought.chapters[0]?.id}`);
    await opened(socket);
    const answered = nextFrame(socket);
    socket.send(askForAll);
    await answered;
    const end = closed(socket);
    await stopping.close();
    expect(await end).toBe(1012);
  });
});
