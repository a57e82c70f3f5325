import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { doorRates } from '#server/doors/doors.ts';
import { SEARCH_HITS_MAX, SEARCH_MAX_CHARS } from '#shared/protocol/limits.ts';
import type { SearchAnswer } from '#shared/protocol/search.ts';
import type { Book } from '#shared/records/book.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { makeRoom } from '#tests/support/visitor.ts';
import type { MadeRoom, Visitor } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
const visitor = visitors(() => server);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
});

const bring = (paragraphs: string[]) => putBook(server, made.room.id, made.member.id, paragraphs);
const searches = (who: Visitor, book: Book, words: string) =>
  who.ask<SearchAnswer>('GET', `/api/rooms/${made.room.id}/books/${book.id}/search?words=${encodeURIComponent(words)}`);

describe('searching a book', () => {
  it('RD73 answers with the places in reading order, each in its block and with its sentence', async () => {
    const book = await bring(['It rained. The Café was lit.', 'No light here.', 'Two cafés.']);
    const { status, body } = await searches(host, book, 'cafe');
    expect(status).toBe(200);
    expect(body).toEqual({
      count: 2,
      chapters: [
        {
          chapter: book.chapters[0]?.id,
          count: 2,
          hits: [
            { block: 'b1', start: 15, end: 19, before: 'The ', words: 'Café', after: ' was lit.' },
            { block: 'b3', start: 4, end: 8, before: 'Two ', words: 'café', after: 's.' },
          ],
        },
      ],
      whole: true,
    });
  });

  it('RD73 what nobody wrote, and what is no word at all, is found nowhere', async () => {
    const book = await bring(['One line of words.']);
    for (const words of ['lamp', '\u0301', ' ']) {
      expect((await searches(host, book, words)).body).toEqual({ count: 0, chapters: [], whole: true });
    }
  });

  it('RD73 all places are counted, and so many are sent', async () => {
    const book = await bring(Array.from({ length: 10 }, () => 'word '.repeat(100)));
    const { body } = await searches(host, book, 'word');
    expect(body.count).toBe(1_000);
    expect(body.chapters.flatMap(({ hits }) => hits)).toHaveLength(SEARCH_HITS_MAX);
  });

  it('RD73 nothing, and more than a sentence, is malformed; another book is not found', async () => {
    const book = await bring(['One line of words.']);
    expect((await searches(host, book, '')).status).toBe(400);
    expect((await searches(host, book, 'a'.repeat(SEARCH_MAX_CHARS + 1))).status).toBe(400);
    const other = await makeRoom(visitor());
    const theirs = await putBook(server, other.room.id, other.member.id, ['Their words.']);
    expect((await searches(host, theirs, 'words')).status).toBe(404);
  });

  it('RD73 who is not in the room learns nothing', async () => {
    const book = await bring(['One line of words.']);
    const { status, body } = await searches(visitor(), book, 'words');
    expect(status).toBe(401);
    expect(JSON.stringify(body)).not.toContain('line');
  });

  it('RD74 a member who searches without end is held back, and others are not', async () => {
    const book = await bring(['One line of words.']);
    const { body: invites } = await host.ask<{ reader: string }>('GET', `/api/rooms/${made.room.id}/invites`);
    const reader = visitor();
    await reader.ask('POST', `/api/invites/${invites.reader}/accept`, { name: 'Tobias' });
    const asked = await Promise.all(
      Array.from({ length: doorRates.searches.burst * 2 }, () => searches(host, book, 'words')),
    );
    expect(asked.some(({ status }) => status === 429)).toBe(true);
    expect((await searches(reader, book, 'words')).status).toBe(200);
  });

  it('RD74 while a long book is searched, other requests are answered between its slices', async () => {
    const book = await bring(['a few words '.repeat(300_000)]);
    const order: string[] = [];
    const search = searches(host, book, 'words that are not there').then(() => order.push('search'));
    const others = async () => {
      for (let count = 0; count < 5; count += 1) await host.ask('GET', '/healthz');
      order.push('others');
    };
    await Promise.all([search, others()]);
    expect(order).toEqual(['others', 'search']);
  });
});
