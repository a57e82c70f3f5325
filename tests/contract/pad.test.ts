import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Book } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { putBook } from '#tests/support/bring.ts';
import { addParagraph, fragmentOf, padAddress, PadWriter, textOf } from '#tests/support/pad-writer.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { closed, command, join as joinRoom, makeRoom, Visitor } from '#tests/support/visitor.ts';
import type { EventSocket, MadeRoom } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
let book: Book;
let ofHost: EventSocket;
const visitor = visitors(() => server);
const writers: PadWriter[] = [];

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
  book = await putBook(server, made.room.id, made.member.id, ['One line of words.']);
  ofHost = await host.enter(made.room.id);
});
afterEach(() => {
  for (const writer of writers.splice(0)) writer.leave();
});

async function guest(role: 'reader' | 'listener' = 'reader'): Promise<{ who: Visitor; member: Member }> {
  const who = visitor();
  return { who, member: await joinRoom(who, made.invites[role], 'Grace') };
}

function open(who: Visitor, doc?: Y.Doc, params?: Record<string, string>): PadWriter {
  const writer = new PadWriter(who, made.room.id, book.id, doc, params);
  writers.push(writer);
  return writer;
}

const address = (client: number | string = 7) => padAddress(made.room.id, book.id, client);

describe('writing together', () => {
  it('PD1 two write at once, and both come to read the same', async () => {
    const { who } = await guest();
    const [ada, grace] = [open(host), open(who)];
    await Promise.all([ada.synced, grace.synced]);
    await Promise.all([ada.add('Ada was here.'), grace.add('So was Grace.')]);
    await Promise.all([ada.reads('So was Grace.'), grace.reads('Ada was here.')]);
    expect(textOf(ada.doc)).toBe(textOf(grace.doc));
  });

  it('PD2 what is said to be saved is there after a restart, and in what comes down then', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lectern-pad-'));
    const first = await startTestServer({ dataDir });
    const one = new Visitor(first.origin);
    const room = await makeRoom(one);
    const brought = await putBook(first, room.room.id, room.member.id, ['Words.']);
    const writer = new PadWriter(one, room.room.id, brought.id);
    await writer.synced;
    await writer.add('On disk.');
    writer.leave();
    await first.close();
    const second = await startTestServer({ dataDir });
    const again = new Visitor(second.origin);
    again.cookie = one.cookie;
    const reader = new PadWriter(again, room.room.id, brought.id);
    await reader.reads('On disk.');
    await reader.synced;
    expect(reader.lineage).toBe(writer.lineage);
    reader.leave();
    await second.close();
    await rm(dataDir, { recursive: true });
  });

  it('PD3 what was written without a connection is merged when it is back', async () => {
    const { who } = await guest();
    const [ada, grace] = [open(host), open(who)];
    await Promise.all([ada.synced, grace.synced]);
    grace.provider.disconnect();
    addParagraph(grace.doc, 'Written in a tunnel.', 0);
    await ada.add('Written meanwhile.');
    grace.provider.connect();
    await Promise.all([ada.reads('Written in a tunnel.'), grace.reads('Written meanwhile.')]);
    expect(textOf(ada.doc)).toBe(textOf(grace.doc));
  });

  it('PD4 one undoes one’s own edits and nobody else’s', async () => {
    const { who } = await guest();
    const [ada, grace] = [open(host), open(who)];
    await Promise.all([ada.synced, grace.synced]);
    const undo = new Y.UndoManager(fragmentOf(ada.doc), { captureTimeout: 0 });
    await ada.add('Of Ada.');
    await grace.reads('Of Ada.');
    await grace.add('Of Grace.');
    await ada.reads('Of Grace.');
    undo.undo();
    await grace.until(() => !textOf(grace.doc).includes('Of Ada.'));
    undo.redo();
    await grace.reads('Of Ada.');
    expect(textOf(grace.doc)).toContain('Of Grace.');
  });

  it('PD5 an old copy of an older lineage is refused for good', async () => {
    const old = open(host, new Y.Doc(), { lineage: 'something-else' });
    expect(await Promise.race([old.refused, old.synced])).toBe(4409);
    const right = open(host);
    await right.synced;
    await open(host, new Y.Doc(), { lineage: right.lineage ?? '' }).synced;
  });

  it('PD6 a beat keeps honest silence up and changes nothing', async () => {
    const writer = open(host);
    await writer.synced;
    const before = Y.encodeStateVector(writer.doc);
    const beat = new Promise<void>((resolve) =>
      (writer.provider.ws as unknown as WebSocket).addEventListener('message', () => resolve()),
    );
    server.beat();
    await beat;
    expect(Y.encodeStateVector(writer.doc)).toEqual(before);
    expect(writer.provider.wsconnected).toBe(true);
  });
});

describe('who may', () => {
  it('PD10 nobody without a cookie, of another room, of no book or without a client id', async () => {
    expect(await closed(visitor().sync(address()))).toBe(4401);
    const stranger = visitor();
    await makeRoom(stranger);
    expect(await closed(stranger.sync(address()))).toBe(4403);
    expect(await closed(host.sync(padAddress(made.room.id, newId(), 7)))).toBe(4404);
    for (const client of ['', '-1', '4294967296', 'seven', '1e3']) {
      expect([client, await closed(host.sync(address(client)))]).toEqual([client, 4404]);
    }
    expect(await closed(host.sync(address().replace('protocol=', 'protocol=0')))).toBe(4426);
  });

  it('PD11 a listener reads along and is refused at the first word', async () => {
    const { who } = await guest('listener');
    const [ada, listener] = [open(host), open(who)];
    await Promise.all([ada.synced, listener.synced]);
    await ada.add('For all to read.');
    await listener.reads('For all to read.');
    expect(await listener.tries('Not for anybody.')).toBe(4405);
    await ada.add('And on.');
    expect(textOf(ada.doc)).not.toContain('Not for anybody.');
  });

  it('PD12 a role counts as it is now: muted, made a listener, in a locked room', async () => {
    const barring = [
      { bar: (member: Member) => ({ kind: 'member.mute', member: member.id, muted: true }) },
      { bar: (member: Member) => ({ kind: 'member.role', member: member.id, role: 'listener' }) },
      { bar: () => ({ kind: 'room.lock', locked: true }) },
    ];
    for (const { bar } of barring) {
      const { who, member } = await guest();
      const writer = open(who);
      await writer.synced;
      await writer.add('While I may.');
      expect(await command(ofHost, bar(member))).toMatchObject({ ok: true });
      expect(await writer.tries('And now?')).toBe(4405);
    }
    const ada = open(host);
    await ada.reads('While I may.');
    expect(textOf(ada.doc)).not.toContain('And now?');
  });

  it('PD13 a removed member is put out at once', async () => {
    const { who, member } = await guest();
    const writer = open(who);
    await writer.synced;
    await command(ofHost, { kind: 'member.remove', member: member.id });
    expect(await writer.refused).toBe(4403);
    expect(await closed(who.sync(address(8)))).toBe(4403);
  });

  it('PD14 a browser that is signed out is put out at once', async () => {
    const link = await host.ask<{ token: string }>('POST', `/api/rooms/${made.room.id}/devices/link`);
    const phone = visitor();
    await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
    const writer = open(phone);
    await writer.synced;
    const { body } = await host.ask<{ devices: { id: string; current: boolean }[] }>(
      'GET',
      `/api/rooms/${made.room.id}/devices`,
    );
    await host.ask('DELETE', `/api/rooms/${made.room.id}/devices/${body.devices.find((one) => !one.current)?.id}`);
    expect(await writer.tries('Too late.')).toBe(4401);
  });

  it('PD15 a client id is its first member’s for good', async () => {
    const { who } = await guest();
    const doc = new Y.Doc();
    const writer = open(host, doc);
    await writer.synced;
    await writer.add('Mine.');
    const taking = who.sync(address(doc.clientID));
    expect(await Promise.race([closed(taking), stillAnswers(taking)])).toBe(4423);
    writer.leave();
    expect(await closed(who.sync(address(doc.clientID)))).toBe(4423);
    const store = await server.services.store.documentClients(`pad:${book.id}`);
    expect(store).toContainEqual({ client: doc.clientID, member: made.member.id });
  });

  it('PD15 also after a restart, and when nothing was written under it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lectern-claimed-'));
    const before = await startTestServer({ dataDir });
    const owner = new Visitor(before.origin);
    const { room, member, invites } = await makeRoom(owner);
    const brought = await putBook(before, room.id, member.id, ['Some words.']);
    const claim = owner.sync(padAddress(room.id, brought.id, 7));
    await stillAnswers(claim);
    owner.leave();
    await before.close();
    const after = await startTestServer({ dataDir });
    const other = new Visitor(after.origin);
    await joinRoom(other, invites.reader, 'Mallory');
    const taking = other.sync(padAddress(room.id, brought.id, 7));
    expect(await Promise.race([closed(taking), stillAnswers(taking)])).toBe(4423);
    const again = new Visitor(after.origin);
    again.cookie = owner.cookie;
    const own = again.sync(padAddress(room.id, brought.id, 7));
    expect(await Promise.race([closed(own), stillAnswers(own)])).toBe('still answers');
    other.leave();
    again.leave();
    await after.close();
    await rm(dataDir, { recursive: true });
  });

  it('PD16 one socket holds one client id: the newer takes it', async () => {
    const first = host.sync(address());
    await new Promise((resolve) => first.once('open', resolve));
    const end = closed(first);
    const asked = new Promise((resolve) => first.once('message', resolve));
    first.send(new Uint8Array([0, 0, 1, 0]));
    await asked;
    const second = host.sync(address());
    await new Promise((resolve) => second.once('open', resolve));
    await stillAnswers(second);
    expect(await Promise.race([end, stillAnswers(first)])).toBe(4429);
    expect(second.readyState).toBe(second.OPEN);
  });

  it('PD17 a book that leaves the shelf takes its pad along', async () => {
    const writer = open(host);
    await writer.synced;
    await writer.add('Gone with the book.');
    const letGo = new Promise((resolve) => writer.provider.once('connection-close', resolve));
    await command(ofHost, { kind: 'book.remove', book: book.id });
    await letGo;
    expect(await writer.refused).toBe(4404);
    expect(await server.services.store.document(`pad:${book.id}`)).toBeNull();
  });

  it('PD18 when the server stops, pad sockets are told to come back', async () => {
    const stopping = await startTestServer();
    const one = new Visitor(stopping.origin);
    const { room, member } = await makeRoom(one);
    const brought = await putBook(stopping, room.id, member.id, ['Some words.']);
    const socket = one.sync(padAddress(room.id, brought.id, 7));
    await new Promise((resolve) => socket.once('open', resolve));
    const answered = new Promise((resolve) => socket.once('message', resolve));
    socket.send(new Uint8Array([0, 0, 1, 0]));
    await answered;
    const end = closed(socket);
    await stopping.close();
    expect(await end).toBe(1012);
  });
});
