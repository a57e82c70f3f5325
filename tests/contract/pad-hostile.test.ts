import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { PAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { PAD_SAVED } from '#shared/protocol/pad-sync.ts';
import type { Book } from '#shared/records/book.ts';
import { answerFrame, updateFrame } from '#server/sync/frames.ts';
import { putBook } from '#tests/support/bring.ts';
import { deletion, hostileUpdates, written } from '#tests/support/hostile-updates.ts';
import { addParagraph, fragmentOf, padAddress, paragraph, PadWriter, textOf } from '#tests/support/pad-writer.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { closed, join, makeRoom } from '#tests/support/visitor.ts';
import type { MadeRoom, Visitor } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

/** More than a pad's socket may send at once. */
const EAGER_FRAMES = 1_000;

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
let book: Book;
let victim: PadWriter;
let mallory: Visitor;
let nextClient = 1_000;
const visitor = visitors(() => server);
const writers: PadWriter[] = [];

beforeAll(async () => {
  server = await startTestServer({
    rates: { sockets: { burst: 10_000, perSecond: 1_000 }, padBytes: { burst: 100_000_000, perSecond: 1_000_000 } },
  });
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
  book = await putBook(server, made.room.id, made.member.id, ['One line of words.']);
  victim = open(host);
  await victim.synced;
  await victim.add('Of the victim.');
  mallory = visitor();
  await join(mallory, made.invites.reader, 'Mallory');
});
afterEach(() => {
  for (const writer of writers.splice(0)) writer.leave();
});

function open(who: Visitor, doc = new Y.Doc()): PadWriter {
  const writer = new PadWriter(who, made.room.id, book.id, doc);
  writers.push(writer);
  return writer;
}

/** A socket by hand, under a client id of its own. */
async function socket(who: Visitor, client = (nextClient += 10)): Promise<{ ws: WebSocket; client: number }> {
  const ws = who.sync(padAddress(made.room.id, book.id, client));
  await new Promise<void>((resolve, reject) => {
    ws.once('open', () => resolve());
    ws.once('error', reject);
  });
  return { ws, client };
}

/** What becomes of an update that is sent now: the code with which its socket is closed; or it counts as written, or as nothing. */
function verdictOn(ws: WebSocket, writes = 1): Promise<number | 'taken' | 'still answers'> {
  const taken = new Promise<'taken'>((resolve) => {
    ws.on('message', (data: Buffer) => data[0] === PAD_SAVED && (data[1] ?? 0) >= writes && resolve('taken'));
  });
  return Promise.race([closed(ws), taken, stillAnswers(ws)]);
}

/** What an honest second person and a newcomer read, after the victim went on writing. */
async function everybodyElseGoesOn(): Promise<string> {
  await victim.add('And on it goes.');
  const newcomer = open(host);
  await newcomer.reads('And on it goes.');
  expect(textOf(newcomer.doc)).toBe(textOf(victim.doc));
  return textOf(newcomer.doc);
}

function awareness(entries: [client: number, clock: number, state: unknown][]): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, entries.length);
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(update, client);
    encoding.writeVarUint(update, clock);
    encoding.writeVarString(update, JSON.stringify(state));
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update));
  return encoding.toUint8Array(encoder);
}

/** Whose awareness a frame brings. */
function clientsIn(frame: Uint8Array): number[] {
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoder) !== 1) return [];
  const update = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  return Array.from({ length: decoding.readVarUint(update) }, () => {
    const client = decoding.readVarUint(update);
    decoding.readVarUint(update);
    decoding.readVarString(update);
    return client;
  });
}

/** A caret as y-tiptap writes it. */
const somewhere = {
  anchor: { type: null, tname: 'pad', item: null, assoc: 0 },
  head: { type: null, tname: 'pad', item: null, assoc: 0 },
};

describe('a hostile client', () => {
  it('PD30 is closed for each hostile update, and nobody else notices', async () => {
    for (const name of Object.keys(hostileUpdates(1, 2))) {
      const { ws, client } = await socket(mallory);
      const update = hostileUpdates(client, victim.doc.clientID)[name] ?? new Uint8Array();
      const end = verdictOn(ws);
      if (name.length % 2 === 0) {
        ws.send(answerFrame(new Uint8Array([0, 0])));
        ws.send(updateFrame(update));
      } else ws.send(answerFrame(update));
      expect([name, await end]).toEqual([name, 4422]);
    }
    expect(await everybodyElseGoesOn()).toBe('Of the victim.\nAnd on it goes.');
  });

  it('PD31 cannot write under somebody else’s client id, in a handshake or in an update', async () => {
    const taken = mallory.sync(padAddress(made.room.id, book.id, victim.doc.clientID));
    expect(await Promise.race([closed(taken), stillAnswers(taken)])).toBe(4423);
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(victim.doc));
    const known = Y.encodeStateVector(forged);
    forged.clientID = victim.doc.clientID;
    addParagraph(forged, 'In your name.');
    const { ws } = await socket(mallory);
    const end = verdictOn(ws);
    ws.send(answerFrame(Y.encodeStateAsUpdate(forged, known)));
    expect(await end).toBe(4422);
    expect(await everybodyElseGoesOn()).not.toContain('In your name.');
  });

  it('PD32 cannot have the server’s own client id, nor claim ids without end in one update', async () => {
    const pad = await (await server.services.rooms.open(made.room.id))?.pad(book.id);
    expect(await pad?.append(made.member.id, [{ type: 'rule' }])).toEqual({ ok: true });
    const copy = open(host);
    await copy.synced;
    const servers = [...Y.decodeStateVector(Y.encodeStateVector(copy.doc)).keys()].find(
      (client) => client !== victim.doc.clientID,
    );
    const asServer = mallory.sync(padAddress(made.room.id, book.id, servers ?? 0));
    expect(await Promise.race([closed(asServer), stillAnswers(asServer)])).toBe(4423);
    const many = Array.from({ length: 100 }, (_, index) =>
      written(500_000 + index, (doc) => fragmentOf(doc).insert(0, [paragraph('x')])),
    );
    const { ws } = await socket(mallory);
    const end = verdictOn(ws);
    ws.send(answerFrame(Y.mergeUpdates(many)));
    expect(await end).toBe(4422);
  });

  it('PD33 may delete what is there, as everybody may, but nothing that is yet to come', async () => {
    const { ws, client } = await socket(mallory);
    ws.send(answerFrame(new Uint8Array([0, 0])));
    const clock = Y.getState(victim.doc.store, victim.doc.clientID);
    const gone = victim.until(() => textOf(victim.doc) === '');
    ws.send(updateFrame(deletion(victim.doc.clientID, 0, clock)));
    await gone;
    const end = verdictOn(ws, 2);
    ws.send(updateFrame(deletion(victim.doc.clientID, clock, 50)));
    expect(await end).toBe(4422);
    expect(client).toBeGreaterThan(0);
    expect(await everybodyElseGoesOn()).toBe('And on it goes.');
  });

  it('PD34 is closed for garbage of every kind', async () => {
    const garbage = [
      new Uint8Array([]),
      new Uint8Array([9, 9, 9]),
      new Uint8Array([0]),
      new Uint8Array([0, 0, 5, 1]),
      new Uint8Array([0, 7, 1, 0]),
      new Uint8Array([0, 0, 255, 255, 255, 255, 15]),
      new Uint8Array([0, 0, 3, 200, 1, 1]),
      new Uint8Array([0, 2, 1, 0, 0]),
      new Uint8Array([1, 3, 1]),
      new Uint8Array([100, 1, 0]),
      'text',
    ];
    for (const frame of garbage) {
      const { ws } = await socket(mallory);
      const end = closed(ws);
      ws.send(frame);
      expect([String(frame), await Promise.race([end, stillAnswers(ws)])]).toEqual([String(frame), 4400]);
    }
    await everybodyElseGoesOn();
  });

  it('PD35 cannot send more than a socket takes, in one frame or in many', async () => {
    const giant = await socket(mallory);
    const cut = closed(giant.ws);
    giant.ws.send(new Uint8Array(3_000_000));
    expect(await Promise.race([cut, stillAnswers(giant.ws)])).toBe(1009);
    const eager = await socket(mallory);
    const end = closed(eager.ws);
    let answers = 0;
    const allAnswered = new Promise((resolve) => {
      eager.ws.on('message', (data: Buffer) => {
        if (data[0] === 0 && data[1] === 1) answers += 1;
        if (answers === EAGER_FRAMES) resolve('all answered');
      });
    });
    for (let frame = 0; frame < EAGER_FRAMES; frame += 1) eager.ws.send(new Uint8Array([0, 0, 1, 0]));
    expect(await Promise.race([end, allAnswered])).toBe(4429);
    await everybodyElseGoesOn();
  });

  it('PD36 cannot fill the pad without end; what makes it smaller is still taken', async () => {
    const writer = open(mallory);
    await writer.synced;
    const page = 'x'.repeat(200_000);
    for (let pages = 0; pages < Math.floor(PAD_MAX_BYTES / 200_000) - 1; pages += 1) await writer.add(page);
    const filling = open(mallory);
    await filling.synced;
    expect(await filling.tries('y'.repeat(300_000))).toBe(4413);
    const before = victim.saved;
    fragmentOf(victim.doc).delete(1, 1);
    await victim.until(() => victim.saved > before);
    await everybodyElseGoesOn();
  });
});

describe('an honest client that comes back', () => {
  it('PD37 may write before it has said all it has; nothing counts as saved until it is', async () => {
    const { ws, client } = await socket(mallory);
    const doc = new Y.Doc();
    doc.clientID = client;
    addParagraph(doc, 'Written in a tunnel.');
    const known = Y.encodeStateVector(doc);
    addParagraph(doc, 'Written at its end.');
    const saved: number[] = [];
    const all = new Promise<void>((resolve) => {
      ws.on('message', (data: Buffer) => {
        if (data[0] !== PAD_SAVED) return;
        saved.push(data[1] ?? 0);
        resolve();
      });
    });
    ws.send(updateFrame(Y.encodeStateAsUpdate(doc, known)));
    ws.send(answerFrame(Y.encodeStateAsUpdate(doc)));
    await all;
    expect(saved).toEqual([2]);
    await victim.reads('Written at its end.');
    const end = closed(ws);
    addParagraph(doc, 'Lost.');
    const gap = Y.encodeStateVector(doc);
    addParagraph(doc, 'After a gap.');
    ws.send(updateFrame(Y.encodeStateAsUpdate(doc, gap)));
    expect(await Promise.race([end, stillAnswers(ws)])).toBe(4422);
  });
});

describe('carets', () => {
  it('PD40 others see whose caret is where, as the server says it, and it goes with its socket', async () => {
    const grace = open(mallory);
    await grace.synced;
    const cursor = somewhere;
    grace.provider.awareness.setLocalState({ user: { name: 'The host', color: '#000000' }, cursor });
    const states = () => victim.provider.awareness.getStates();
    await victim.until(() => states().get(grace.doc.clientID)?.cursor !== undefined);
    await victim.until(() => states().get(grace.doc.clientID)?.cursor !== null);
    const live = await server.services.rooms.open(made.room.id);
    const member = live?.members().find(({ name }) => name === 'Mallory');
    expect(states().get(grace.doc.clientID)).toEqual({ member: member?.id, cursor });
    grace.leave();
    await victim.until(() => !states().has(grace.doc.clientID));
  });

  it('PD41 nobody speaks for another id, and nothing but a caret is passed on', async () => {
    const seen: unknown[] = [];
    victim.provider.awareness.on('change', () => seen.push([...victim.provider.awareness.getStates()]));
    const { ws, client } = await socket(mallory);
    const ownVictim = victim.doc.clientID;
    ws.send(awareness([[ownVictim, 9_999_999_999_999, null]]));
    ws.send(awareness([[client, 5, { user: { name: 'x'.repeat(1_000) }, secret: 'x', cursor: { anchor: 'no' } }]]));
    ws.send(awareness([[424_242, 5, { cursor: somewhere }]]));
    await stillAnswers(ws);
    // Who comes now is told in the tick that tells of these, or in a later one.
    const late = open(host);
    await victim.until(() => victim.provider.awareness.getStates().has(late.doc.clientID));
    await everybodyElseGoesOn();
    expect(victim.provider.awareness.getLocalState()).not.toBeNull();
    expect(JSON.stringify(seen)).not.toContain('secret');
    expect(victim.provider.awareness.getStates().has(424_242)).toBe(false);
    expect(victim.provider.awareness.getStates().get(client)?.cursor).toBeNull();
    const end = closed(ws);
    ws.send(awareness([[client, 6, { cursor: null, pad: 'x'.repeat(10_000) }]]));
    expect(await Promise.race([end, stillAnswers(ws)])).toBe(4400);
  });

  it('PD42 carets are gathered: many moves are few frames, and none goes back to who moved', async () => {
    const { ws, client } = await socket(mallory);
    const heard: number[] = [];
    const { promise: heardVictim, resolve: hear } = Promise.withResolvers<void>();
    ws.on('message', (data: Buffer) => {
      heard.push(...clientsIn(data));
      if (clientsIn(data).includes(victim.doc.clientID)) hear();
    });
    let frames = 0;
    victim.provider.awareness.on('change', () => (frames += 1));
    for (let move = 1; move <= 300; move += 1) ws.send(awareness([[client, move, { cursor: null }]]));
    await victim.until(() => victim.provider.awareness.getStates().has(client));
    await everybodyElseGoesOn();
    victim.provider.awareness.setLocalState({ cursor: null });
    await heardVictim;
    expect(frames).toBeLessThan(150);
    expect(heard).not.toContain(client);
  });
});
