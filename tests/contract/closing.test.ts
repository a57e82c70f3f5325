import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { expect, it } from 'vitest';
import { bringText } from '#tests/support/bring.ts';
import { passages } from '#tests/support/passages.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { makeRoom, Visitor } from '#tests/support/visitor.ts';

const PAGES = 8;

it('OP32 a server that is stopped while pages connect sends them away and ends', async () => {
  const dataDir = await mkdtemp(joinPath(tmpdir(), 'lectern-closing-'));
  const before = await startTestServer({ dataDir });
  const host = new Visitor(before.origin);
  const { room } = await makeRoom(host);
  const book = await bringText(host, room.id, passages);
  await before.close();

  // The room is on disk alone, so that those who come have to wait for it.
  const server = await startTestServer({ dataDir });
  const visitor = new Visitor(server.origin);
  visitor.cookie = host.cookie;
  const closed: Promise<number>[] = [];
  const opened = Array.from({ length: PAGES }, (_page, index) => {
    const socket = visitor.sync(`/sync/${room.id}/${index % 2 === 0 ? 'margin' : 'notes'}/${book.chapters[0]?.id}`);
    // Those whom the server did not accept any more fail without a close code of their own: 1006.
    socket.on('error', () => undefined);
    closed.push(new Promise((resolve) => socket.once('close', resolve)));
    const events = visitor.events(room.id);
    events.connect();
    return new Promise((resolve) => socket.once('open', resolve));
  });
  await Promise.race(opened);
  await server.close();
  for (const code of await Promise.all(closed)) expect([1006, 1012]).toContain(code);
  await rm(dataDir, { recursive: true, force: true });
});
