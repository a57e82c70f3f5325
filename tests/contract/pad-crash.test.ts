import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Book } from '#shared/records/book.ts';
import { padText, type PadBlock } from '#shared/records/pad-block.ts';
import { bringText } from '#tests/support/bring.ts';
import { addParagraph, PadWriter, textOf } from '#tests/support/pad-writer.ts';
import { type RestartableServer, startKillableServer } from '#tests/support/restartable-server.ts';
import { join, makeRoom, Visitor } from '#tests/support/visitor.ts';
import type { MadeRoom } from '#tests/support/visitor.ts';

const ROUNDS = 2;
const LINES_EACH = 15;
/** Starting a process several times on a busy machine. */
const TIMEOUT_MS = 120_000;

describe('kill -9 while two people write one pad', () => {
  let server: RestartableServer;
  let made: MadeRoom;
  let book: Book;
  let cookies: (string | null)[];

  beforeAll(async () => {
    server = await startKillableServer();
    const [ada, grace] = [new Visitor(server.origin), new Visitor(server.origin)];
    made = await makeRoom(ada);
    await join(grace, made.invites.reader, 'Grace');
    book = await bringText(ada, made.room.id, 'One line of words.');
    cookies = [ada.cookie, grace.cookie];
  }, TIMEOUT_MS);
  afterAll(() => server.close());

  const visitorOf = (cookie: string | null): Visitor => {
    const visitor = new Visitor(server.origin);
    visitor.cookie = cookie;
    return visitor;
  };
  const open = (doc?: PadWriter['doc']) => (cookie: string | null) =>
    new PadWriter(visitorOf(cookie), made.room.id, book.id, doc);

  it(
    'PD7 what was said to be saved is there, once, and what was not comes along',
    async () => {
      const written = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const writers = cookies.map(open());
        await Promise.all(writers.map((writer) => writer.synced));
        const before = writers.map(({ saved }) => saved);
        const lines = writers.map((_writer, person) =>
          Array.from({ length: LINES_EACH }, (_line, index) => `round ${round} person ${person} line ${index}`),
        );
        for (const [person, writer] of writers.entries()) {
          for (const line of lines[person] ?? []) {
            addParagraph(writer.doc, line);
            written.add(line);
          }
        }
        await Promise.all(writers.map((writer, person) => writer.until(() => writer.saved > (before[person] ?? 0))));
        const restarting = server.restart();
        await Promise.all(writers.map((writer) => writer.until(() => !writer.provider.wsconnected)));
        const saved = writers.flatMap(
          (writer, person) => lines[person]?.slice(0, writer.saved - (before[person] ?? 0)) ?? [],
        );
        for (const writer of writers) writer.leave();
        await restarting;

        // Before anybody has sent anything again.
        const path = `/api/rooms/${made.room.id}/books/${book.id}/pad`;
        const { body } = await visitorOf(cookies[0] ?? null).ask<{ blocks: PadBlock[] }>('GET', path);
        const present = padText(body.blocks).split('\n');
        expect(saved.filter((line) => !present.includes(line))).toEqual([]);

        const again = writers.map(({ doc }, person) => open(doc)(cookies[person] ?? null));
        await Promise.all(
          again.map((writer) => writer.until(() => [...written].every((line) => textOf(writer.doc).includes(line)))),
        );
        await Promise.all(again.map((writer) => writer.synced));
        for (const writer of again) writer.leave();
      }
      const reader = open()(cookies[0] ?? null);
      await reader.until(() => textOf(reader.doc).split('\n').length >= written.size);
      expect(textOf(reader.doc).split('\n').toSorted()).toEqual([...written].toSorted());
      reader.leave();
    },
    TIMEOUT_MS,
  );
});
