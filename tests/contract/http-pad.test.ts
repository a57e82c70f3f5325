import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Book } from '#shared/records/book.ts';
import type { PadsSearchAnswer } from '#shared/protocol/search.ts';
import { newId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import { createRooms } from '#server/rooms/create-rooms.ts';
import { searchPads } from '#server/rooms/pads/search-pads.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, join, makeRoom } from '#tests/support/visitor.ts';
import type { MadeRoom, Visitor } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
let book: Book;
const visitor = visitors(() => server);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
  book = await putBook(server, made.room.id, made.member.id, ['One line of words.', 'Another line of words.']);
});

const path = (rest = '') => `/api/rooms/${made.room.id}/books/${book.id}/pad${rest}`;
const passage = (start: [string, number], end: [string, number]) => ({
  start: { block: start[0], offset: start[1] },
  end: { block: end[0], offset: end[1] },
});
const quote = (who: Visitor, body: object) => who.ask('POST', path('/quotations'), body);
const quoteWell = (who: Visitor) =>
  quote(who, { chapter: book.chapters[0]?.id, passage: passage(['b1', 4], ['b2', 7]) });
const search = (who: Visitor, words: string) =>
  who.ask<PadsSearchAnswer>('GET', `/api/rooms/${made.room.id}/pads/search?words=${encodeURIComponent(words)}`);
const says = (text: string) => ({ type: 'paragraph', spans: [{ text, marks: [], href: null }] });
const blocks = async () => (await host.ask<{ blocks: PadBlock[] }>('GET', path())).body.blocks;
const versions = async () => (await host.ask<{ versions: PadVersion[] }>('GET', path('/versions'))).body.versions;

describe('quotations', () => {
  it('PD64 a passage comes in the server’s own words, with where it comes from', async () => {
    expect((await quoteWell(host)).status).toBe(200);
    expect(await blocks()).toEqual([
      {
        type: 'quotation',
        source: 'A chapter',
        chapter: book.chapters[0]?.id,
        at: 'b1.4-b2.7',
        blocks: [says('line of words.'), says('Another')],
      },
      { type: 'paragraph', spans: [] },
    ]);
  });

  it('PD64 what is not in the book is refused', async () => {
    const chapter = book.chapters[0]?.id;
    const outside = await quote(host, { chapter, passage: passage(['b1', 0], ['b9', 1]) });
    expect(outside.body.code).toBe('passage-invalid');
    const other = await putBook(server, made.room.id, made.member.id, ['Of another book.']);
    const foreign = await quote(host, { chapter: other.chapters[0]?.id, passage: passage(['b1', 0], ['b1', 2]) });
    expect(foreign.body.code).toBe('not-found');
    expect((await quote(host, { chapter, words: 'my own' })).body.code).toBe('malformed');
    expect(await blocks()).toEqual([]);
  });
});

describe('versions', () => {
  it('PD65 are named, listed, read and restored', async () => {
    await quoteWell(host);
    expect((await host.ask('POST', path('/versions'), { title: '  The  first\u202e evening ' })).status).toBe(200);
    const [version] = await versions();
    expect(version).toMatchObject({ cause: 'named', title: 'The first evening', author: made.member.id });
    await quoteWell(host);
    const before = await blocks();
    const then = await host.ask<{ blocks: PadBlock[] }>('GET', path(`/versions/${version?.id}`));
    expect(then.body.blocks).toEqual(before.slice(1));
    expect((await host.ask('POST', path(`/versions/${version?.id}/restore`))).status).toBe(200);
    expect(await blocks()).toEqual(then.body.blocks);
    expect((await versions()).map(({ cause }) => cause)).toEqual(['restore', 'named']);
    expect((await host.ask('POST', path('/versions'), { title: ' \u200b ' })).body.code).toBe('malformed');
    expect((await host.ask('POST', path(`/versions/${newId()}/restore`))).body.code).toBe('not-found');
  });

  it('PD67 are removed over HTTP, and are then not there', async () => {
    await quoteWell(host);
    await host.ask('POST', path('/versions'), { title: 'One' });
    const [version] = await versions();
    const guest = visitor();
    await join(guest, made.invites.reader, 'Grace');
    expect((await guest.ask('DELETE', path(`/versions/${version?.id}`))).body.code).toBe('not-yours');
    expect((await host.ask('DELETE', path(`/versions/${version?.id}`))).status).toBe(200);
    expect((await host.ask('DELETE', path(`/versions/${version?.id}`))).body.code).toBe('not-found');
    expect(await versions()).toEqual([]);
  });

  it('PD65 are nobody’s outside of the room, and only read by who may not write', async () => {
    await quoteWell(host);
    await host.ask('POST', path('/versions'), { title: 'One' });
    const [version] = await versions();
    const stranger = visitor();
    await makeRoom(stranger);
    for (const rest of ['', '/versions', `/versions/${version?.id}`]) {
      expect((await stranger.ask('GET', path(rest))).status).toBe(401);
    }
    const listener = visitor();
    await join(listener, made.invites.listener, 'Lou');
    expect((await listener.ask('GET', path(`/versions/${version?.id}`))).status).toBe(200);
    for (const [rest, body] of [
      ['/versions', { title: 'Mine' }],
      [`/versions/${version?.id}/restore`, undefined],
    ] as const) {
      expect((await listener.ask('POST', path(rest), body)).body.code).toBe('listeners-cannot-write');
    }
    expect((await quoteWell(listener)).body.code).toBe('listeners-cannot-write');
    expect(await versions()).toHaveLength(1);
  });

  it('PD65 go with their book', async () => {
    await quoteWell(host);
    await host.ask('POST', path('/versions'), { title: 'One' });
    const socket = await host.enter(made.room.id);
    await command(socket, { kind: 'book.remove', book: book.id });
    expect((await host.ask('GET', path('/versions'))).body.code).toBe('not-found');
    expect(await server.services.store.padVersions(made.room.id, book.id)).toEqual([]);
  });
});

describe('searching the pads', () => {
  it('PD91 finds the words in the pads of all books, open or not, in the order of the shelf', async () => {
    const other = await putBook(server, made.room.id, made.member.id, ['The LÍNE of another book.']);
    await putBook(server, made.room.id, made.member.id, ['A book without a pad.']);
    await quoteWell(host);
    const body = { chapter: other.chapters[0]?.id, passage: passage(['b1', 0], ['b1', 8]) };
    await host.ask('POST', `/api/rooms/${made.room.id}/books/${other.id}/pad/quotations`, body);
    const found = {
      pads: [
        { book: book.id, count: 1, lines: ['line of words.'] },
        { book: other.id, count: 1, lines: ['The LÍNE'] },
      ],
      whole: true,
    };
    expect((await search(host, 'line')).body).toEqual(found);
    // Of a store that another process opened, with no pad in memory.
    const cold = createRooms({ store: server.services.store, now: Date.now });
    const room = await cold.open(made.room.id);
    if (!room) throw new Error('no room');
    expect(await searchPads({ room, query: 'line', isGone: () => false })).toEqual(found);
    await cold.close();
    expect((await search(host, 'herring')).body).toEqual({ pads: [], whole: true });
  });

  it('PD91 is for members of the room', async () => {
    const stranger = visitor();
    await makeRoom(stranger);
    expect((await search(stranger, 'line')).status).toBe(401);
    expect((await search(host, '')).body).toMatchObject({ code: 'malformed' });
  });
});

describe('the pad in an export', () => {
  it('EX60 comes along when it was asked for', async () => {
    await quoteWell(host);
    const ask = (pad: string) =>
      host.ask<string>('GET', `/api/rooms/${made.room.id}/export?format=markdown&book=${book.id}${pad}`);
    expect((await ask('&pad=yes')).body).toContain('line of words.');
    expect((await ask('&pad=no')).body).not.toContain('line of words.');
    expect((await ask('')).body).not.toContain('line of words.');
    expect((await ask('&pad=maybe')).status).toBe(400);
  });
});
