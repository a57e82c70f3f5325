import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { Import } from '#shared/records/import.ts';
import type { ChapterRevised, RevisionDraft } from '#shared/records/revision.ts';
import { shelved } from '#tests/support/bring.ts';
import { makeEpub, METADATA } from '#tests/support/make-epub.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function publishes(host: Visitor, room: string, chapter: string, form: FormData): Promise<ChapterRevised> {
  const draft = await host.ask<RevisionDraft>('POST', `${room}/chapters/${chapter}/revisions`, form);
  const state = async () => (await host.ask<RevisionDraft>('GET', `${room}/revisions/${draft.body.id}`)).body.state;
  await expect.poll(state, { timeout: 30_000 }).toBe('ready');
  return (await host.ask<ChapterRevised>('POST', `${room}/revisions/${draft.body.id}/publish`)).body;
}

async function illustrated(background = 'teal'): Promise<FormData> {
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer();
  const epub = makeEpub({
    texts: { 'a.xhtml': '<p>It was dark.</p><figure><img src="lamp.png" alt="A lamp"/></figure>' },
    metadata: METADATA,
    manifest: '<item id="l" href="lamp.png" media-type="image/png" properties="cover-image"/>',
    files: { 'OEBPS/lamp.png': png },
  });
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(epub)]), 'lamp.epub');
  return form;
}

describe('pictures over HTTP', () => {
  it('HT49 RV27 a picture is served to members alone, as what it is and nothing else, that of a revision too, and goes with its book', async () => {
    const host = new Visitor(server.origin);
    const { room } = await makeRoom(host);
    const queued = await host.ask<Import>('POST', `/api/rooms/${room.id}/books`, await illustrated());
    const ended = await shelved(host, queued.body.id);
    expect(ended).toMatchObject({ state: 'done', error: null });
    const { body: book } = await host.ask<Book>('GET', `/api/rooms/${room.id}/books/${ended.book}`);
    expect(book).toMatchObject({ format: 'epub', title: 'The Lamp' });
    const { body: chapter } = await host.ask<Chapter>('GET', `/api/rooms/${room.id}/chapters/${book.chapters[0]?.id}`);
    expect(chapter.blocks[1]).toMatchObject({ type: 'figure', alt: 'A lamp', picture: book.about?.cover });

    const path = `/api/rooms/${room.id}/pictures/${book.about?.cover}`;
    const served = await fetch(`${server.origin}${path}`, { headers: { cookie: host.cookie ?? '' } });
    expect(served.status).toBe(200);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(await sharp(await served.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 40, height: 30 });

    expect(await new Visitor(server.origin).ask('GET', path)).toMatchObject({ status: 401 });
    const stranger = new Visitor(server.origin);
    const other = await makeRoom(stranger);
    expect(await stranger.ask('GET', path)).toMatchObject({ status: 401 });
    expect(await stranger.ask('GET', path.replace(room.id, other.room.id))).toMatchObject({ status: 404 });
    expect(await host.ask('GET', `/api/rooms/${room.id}/pictures/lamp.png`)).toMatchObject({ status: 404 });

    const revised = await publishes(host, `/api/rooms/${room.id}`, chapter.id, await illustrated('maroon'));
    const { body: after } = await host.ask<Chapter>('GET', `/api/rooms/${room.id}/chapters/${chapter.id}`);
    expect(after.hash).toBe(revised.hash);
    const [, figure] = after.blocks;
    const added = `/api/rooms/${room.id}/pictures/${figure?.type === 'figure' ? figure.picture : ''}`;
    expect(added).not.toBe(path);
    expect((await fetch(`${server.origin}${added}`, { headers: { cookie: host.cookie ?? '' } })).status).toBe(200);

    const socket = await host.enter(room.id);
    expect(await command(socket, { kind: 'book.remove', book: book.id })).toMatchObject({ ok: true });
    host.leave();
    expect(await host.ask('GET', path)).toMatchObject({ status: 404 });
    expect(await host.ask('GET', added)).toMatchObject({ status: 404 });
  });
});
