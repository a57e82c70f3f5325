import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { newId } from '#shared/records/ids.ts';
import type { Book } from '#shared/records/book.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { closed, command, join, makeRoom, Visitor } from '#tests/support/visitor.ts';
import type { EventSocket, MadeRoom } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

const TOKEN = 'a-token-of-the-operator';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
let book: Book;
let ofHost: EventSocket;
const visitor = visitors(() => server);

beforeEach(async () => {
  server = await startTestServer({ env: { METRICS_TOKEN: TOKEN } });
  host = visitor();
  made = await makeRoom(host, 'A room of secrets', 'Ada Lovelace');
  book = await putBook(server, made.room.id, made.member.id, ['One line of words.']);
  ofHost = await host.enter(made.room.id);
});
afterEach(async () => {
  await server.close();
});

const chapter = () => book.chapters[0]?.id ?? '';
const marginPath = () => `/sync/${made.room.id}/margin/${chapter()}`;
const note = (body: string) => ({
  kind: 'annotation.create',
  annotation: newId(),
  chapter: chapter(),
  passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
  colour: 'saffron',
  body,
  visibility: 'room',
});

const askForAll = new Uint8Array([0, 0, 1, 0]);
const nextFrame = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => socket.once('message', () => resolve()));

/** Opens the margin and waits for the whole of it. */
async function reads(who: Visitor): Promise<WebSocket> {
  const socket = who.sync(marginPath());
  socket.once('open', () => socket.send(askForAll));
  await nextFrame(socket);
  return socket;
}

const ask = (authorization?: string) =>
  visitor().ask<string>('GET', '/metrics', undefined, authorization === undefined ? {} : { authorization });
const text = async (): Promise<string> => (await ask(`Bearer ${TOKEN}`)).body;

/** The value of one series, as it is written; 0 where there is none yet. */
async function value(series: string): Promise<number> {
  const line = (await text()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? 0 : Number(line.slice(series.length + 1));
}

const commandsOf = (kind: string, outcome: string) => `lectern_commands_total{kind="${kind}",outcome="${outcome}"}`;
const closesWith = (code: string) => `lectern_closes_total{way="sync",code="${code}"}`;

describe('/metrics', () => {
  it('OP9 is not there without METRICS_TOKEN, and is shown to nobody who does not send it', async () => {
    const closedServer = await startTestServer();
    const answer = await new Visitor(closedServer.origin).ask('GET', '/metrics', undefined, {
      authorization: 'Bearer undefined',
    });
    expect(answer.status).toBe(404);
    await closedServer.close();

    const wrong = [undefined, TOKEN, 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`];
    for (const authorization of wrong) {
      const refused = await ask(authorization);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(JSON.stringify(refused.body)).not.toContain('lectern_rooms');
    }
    const shown = await ask(`Bearer ${TOKEN}`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
    expect(server.logLines().join('')).not.toContain(TOKEN);
  });

  it('OP10 says what is in memory, who is here, what is open, what waits and what was sent', async () => {
    const before = await value('lectern_sent_bytes_total{way="sync"}');
    const reader = visitor();
    await join(reader, made.invites.reader, 'Grace');
    await reader.enter(made.room.id);
    await reads(reader);
    expect(await value('lectern_members_here')).toBe(2);
    expect(await value('lectern_rooms')).toBeGreaterThan(0);
    expect(await value('lectern_documents')).toBeGreaterThan(0);
    expect(await value('lectern_connections{way="events"}')).toBe(2);
    expect(await value('lectern_connections{way="sync"}')).toBe(1);
    expect(await value('lectern_commands_waiting')).toBe(0);
    expect(await value('lectern_imports_waiting')).toBe(0);
    expect(await value('lectern_sent_bytes_total{way="sync"}')).toBeGreaterThan(before);
    expect(await value('lectern_store_bytes{part="file"}')).toBeGreaterThan(0);
    expect(await value('lectern_store_bytes{part="log"}')).toBeGreaterThan(0);
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await text()).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('OP11 counts commands by kind and outcome, and measures how long commits and deliveries take', async () => {
    const [created, refused, unreadable] = [
      commandsOf('annotation.create', 'ok'),
      commandsOf('session.end', 'no-session'),
      commandsOf('unreadable', 'malformed'),
    ];
    const before = {
      created: await value(created),
      refused: await value(refused),
      unreadable: await value(unreadable),
      commits: await value('lectern_commit_seconds_count'),
      deliveries: await value('lectern_delivery_seconds_count'),
    };
    const margin = await reads(host);
    const came = nextFrame(margin);
    expect(await command(ofHost, note('a note'))).toMatchObject({ ok: true });
    await came;
    await command(ofHost, { kind: 'session.end' });
    await command(ofHost, { kind: 'made.up' });
    expect(await value(created)).toBe(before.created + 1);
    expect(await value(refused)).toBe(before.refused + 1);
    expect(await value(unreadable)).toBe(before.unreadable + 1);
    expect(await value('lectern_commit_seconds_count')).toBe(before.commits + 1);
    expect(await value('lectern_delivery_seconds_count')).toBe(before.deliveries + 1);
  });

  it('OP12 counts closed sockets by code, and whatever else a client closes with as one', async () => {
    const before = { notFound: await value(closesWith('4404')), other: await value(closesWith('other')) };
    await closed(host.sync(`/sync/${made.room.id}/margin/${newId()}`));
    for (const code of [4001, 4002]) {
      const margin = await reads(host);
      margin.close(code);
      await closed(margin);
    }
    expect(await value(closesWith('4404'))).toBe(before.notFound + 1);
    await expect.poll(() => value(closesWith('other'))).toBe(before.other + 2);
    expect(await text()).not.toMatch(/400[12]/u);
  });

  it('OP13 names no room, person, document or word that anybody wrote', async () => {
    await reads(host);
    await command(ofHost, note('words in a margin'));
    const all = await text();
    const told = [made.room.id, made.member.id, chapter(), book.id, 'Lovelace', 'secrets', 'words in a margin'];
    expect(told.filter((word) => all.includes(word))).toEqual([]);
    expect(all).not.toContain(made.invites.reader);
  });
});
