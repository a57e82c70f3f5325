import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { ChapterPlace, Import } from '#shared/records/import.ts';
import { planOf } from '#shared/records/import.ts';
import { type ImportId, newId } from '#shared/records/ids.ts';
import { importRead, shelved } from '#tests/support/bring.ts';
import { makeEpub, METADATA } from '#tests/support/make-epub.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, join, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
const visitor = () => new Visitor(server.origin);

async function lampEpub(): Promise<FormData> {
  const cover = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#345' } })
    .png()
    .toBuffer();
  const epub = makeEpub({
    texts: {
      'one.xhtml': '<h1>Dusk</h1><p>The lamp was <a href="two.xhtml">lit</a> early.</p><hr/><p>Then it was dark.</p>',
      'two.xhtml': '<h1>Night</h1><p>Nobody slept.</p><p><img src="gone.png" alt="A moth"/></p>',
      'three.xhtml': '<h1>Colophon</h1><p>Set in type.</p>',
    },
    metadata: `${METADATA}<meta name="cover" content="cover"/>`,
    manifest: '<item id="cover" href="cover.png" media-type="image/png" properties="cover-image"/>',
    files: { 'OEBPS/cover.png': new Uint8Array(cover) },
  });
  const form = new FormData();
  form.append('file', new Blob([epub as Uint8Array<ArrayBuffer>]), 'lamp.epub');
  return form;
}

const bring = async (by: Visitor, room: string, body: unknown): Promise<Import> =>
  (await by.ask<Import>('POST', `/api/rooms/${room}/books`, body)).body;
const pasted = (text: string) => ({ text, format: 'text' });
const listed = async (by: Visitor, room: string) =>
  (await by.ask<{ imports: Import[] }>('GET', `/api/rooms/${room}/imports`)).body.imports;

describe('looking an import over', () => {
  it('IM190 what was read waits with title, chapters, first words, cover and what stays out; nothing is on the shelf', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const read = await importRead(host, (await bring(host, room.id, await lampEpub())).id);
    expect(read).toMatchObject({ state: 'ready', fileName: 'lamp.epub', book: null, error: null });
    expect(read.preview).toMatchObject({ title: 'The Lamp', author: 'Ada Quill', language: 'en', cover: true });
    expect(read.preview?.chapters).toEqual([
      { title: 'Dusk', words: 10, begins: 'The lamp was lit early.', isAround: false },
      { title: 'Night', words: expect.any(Number), begins: 'Nobody slept.', isAround: false },
      { title: 'Colophon', words: 4, begins: 'Set in type.', isAround: false },
    ]);
    expect(read.preview?.leftOut).toEqual([expect.stringContaining('A picture stays out')]);
    const cover = await host.ask('GET', `/api/imports/${read.id}/cover`);
    expect(cover.headers.get('content-type')).toBe('image/webp');
    expect((await host.ask<{ books: Book[] }>('GET', `/api/rooms/${room.id}`)).body.books).toEqual([]);
  });

  it('IM221 an import goes under the id that its sender chose, once, and is let go by it', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const id = newId<ImportId>();
    const send = (who: Visitor, under: string) =>
      who.ask<Import>('POST', `/api/rooms/${room.id}/books?import=${under}`, { text: 'It was dark.', format: 'text' });
    const first = await send(host, id);
    expect([first.status, first.body.id]).toEqual([202, id]);
    expect((await send(host, id)).body.id).toBe(id);
    expect((await listed(host, room.id)).map((one) => one.id)).toEqual([id]);
    expect((await send(host, '__proto__')).status).toBe(400);
    expect((await host.ask('DELETE', `/api/imports/${id}`)).status).toBe(200);
    expect((await host.ask('GET', `/api/imports/${id}`)).status).toBe(404);
  });

  it('IM223 what was let go before it came is refused when it comes', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const id = newId<ImportId>();
    expect((await host.ask('DELETE', `/api/imports/${id}`)).status).toBe(404);
    const late = await host.ask('POST', `/api/rooms/${room.id}/books?import=${id}`, { text: 'Dark.', format: 'text' });
    expect(late.body).toMatchObject({ ok: false, code: 'import-failed' });
    expect(await listed(host, room.id)).toEqual([]);
  });

  it('IM191 one plan renames, joins, splits and leaves out, and the book is made once however often it is asked for', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const read = await importRead(host, (await bring(host, room.id, await lampEpub())).id);
    const { body } = await host.ask<{ places: ChapterPlace[] }>('GET', `/api/imports/${read.id}/chapters/0/places`);
    expect(body.places).toEqual([
      { block: 1, kind: 'paragraph', begins: 'The lamp was lit early.', share: expect.any(Number) },
      { block: 3, kind: 'after-break', begins: 'Then it was dark.', share: expect.any(Number) },
    ]);
    if (read.preview === null) throw new Error('not read');
    const plan = {
      ...planOf(read.preview),
      title: 'A Lamp',
      author: null,
      language: 'de',
      sections: [
        { chapter: 0, block: 0, title: 'Early', as: 'chapter' },
        { chapter: 0, block: 3, title: 'Late', as: 'chapter' },
        { chapter: 1, block: 0, title: null, as: 'joined' },
        { chapter: 2, block: 0, title: null, as: 'left-out' },
      ],
    };
    const path = `/api/imports/${read.id}/shelve`;
    const [once, twice] = await Promise.all([
      host.ask<Import>('POST', path, plan),
      host.ask<Import>('POST', path, plan),
    ]);
    expect(once).toMatchObject({ status: 200, body: { state: 'done', preview: null } });
    expect(twice.body).toEqual(once.body);
    expect((await host.ask<Import>('POST', path, plan)).body).toEqual(once.body);
    const { books } = (await host.ask<{ books: Book[] }>('GET', `/api/rooms/${room.id}`)).body;
    expect(books).toHaveLength(1);
    expect(books[0]).toMatchObject({ title: 'A Lamp', author: null, language: 'de' });
    expect(books[0]?.chapters.map(({ title }) => title)).toEqual(['Early', 'Late']);
    const read2 = (index: number) =>
      host.ask<Chapter>('GET', `/api/rooms/${room.id}/chapters/${books[0]?.chapters[index]?.id}`);
    const [early, late] = [(await read2(0)).body, (await read2(1)).body];
    expect(early.blocks.map(({ text }) => text)).toEqual(['Early', 'The lamp was lit early.']);
    expect(early.blocks[1]?.marks).toEqual([expect.objectContaining({ type: 'jump', chapter: 1, block: 'b2' })]);
    expect(late.blocks.map(({ text }) => text)).toEqual(['Then it was dark.', 'Night', 'Nobody slept.', '']);
  });

  it('IM192 a plan that does not fit is refused with its sentence, and the preview waits on', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const read = await importRead(host, (await bring(host, room.id, pasted('One.\n\nTwo.\n'))).id);
    if (read.preview === null) throw new Error('not read');
    const plan = planOf(read.preview);
    const [section] = plan.sections;
    const path = `/api/imports/${read.id}/shelve`;
    const refusal = async (changes: object) =>
      (await host.ask<{ code: string }>('POST', path, { ...plan, ...changes })).body.code;
    expect(await refusal({ title: ' ' })).toBe('malformed');
    expect(await refusal({ language: 'no language' })).toBe('malformed');
    expect(await refusal({ sections: [] })).toBe('malformed');
    expect(await refusal({ sections: [section, section] })).toBe('malformed');
    expect(await refusal({ sections: [{ ...section, as: 'left-out' }] })).toBe('nothing-left');
    expect(await refusal({ author: 'x'.repeat(1_100_000) })).toBe('too-long');
    expect((await importRead(host, read.id)).state).toBe('ready');
    expect(await shelved(host, read.id)).toMatchObject({ state: 'done' });
  });

  it('IM193 one’s own imports of a room are listed for a page that is opened again, and nobody else’s', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const cohost = visitor();
    await join(cohost, invites.cohost, 'Tobias');
    const [mine, broken] = [
      await bring(host, room.id, pasted('One.')),
      await bring(host, room.id, { ...pasted('\u0000\u0001\u0002'.repeat(400)), title: 'No text' }),
    ];
    await importRead(host, mine.id);
    await importRead(host, broken.id);
    expect((await listed(host, room.id)).map(({ id, state }) => [id, state])).toEqual([
      [mine.id, 'ready'],
      [broken.id, 'failed'],
    ]);
    expect(await listed(cohost, room.id)).toEqual([]);
    const other = await makeRoom(host, 'Another room');
    expect(await listed(host, other.room.id)).toEqual([]);
    for (const path of ['', '/chapters/0/places', '/cover']) {
      expect((await cohost.ask('GET', `/api/imports/${mine.id}${path}`)).status).toBe(404);
    }
    expect((await cohost.ask('DELETE', `/api/imports/${mine.id}`)).status).toBe(404);
    const plan = { title: 'x', author: null, language: 'en', comments: false, sections: [] };
    expect((await cohost.ask('POST', `/api/imports/${mine.id}/shelve`, plan)).status).not.toBe(200);
    expect((await visitor().ask('GET', `/api/rooms/${room.id}/imports`)).status).toBe(401);
  });

  it('IM194 an import is cancelled while it waits, while it is read, and when it is read; the next ones go on', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const long = Array.from({ length: 60_000 }, (_, at) => `The lamp was lit again, ${at}.`).join('\n\n');
    const reading = await bring(host, room.id, pasted(long));
    const waiting = await bring(host, room.id, pasted('Two.'));
    const last = await bring(host, room.id, pasted('Three.'));
    expect((await listed(host, room.id)).map(({ state }) => state)).toEqual(['reading', 'waiting', 'waiting']);
    const drop = (id: string) => host.ask('DELETE', `/api/imports/${id}`);
    expect((await drop(waiting.id)).status).toBe(200);
    expect((await drop(reading.id)).status).toBe(200);
    expect((await importRead(host, last.id)).state).toBe('ready');
    expect((await listed(host, room.id)).map(({ id }) => id)).toEqual([last.id]);
    expect((await drop(last.id)).status).toBe(200);
    expect((await drop(last.id)).status).toBe(404);
    expect(await listed(host, room.id)).toEqual([]);
  });

  it('IM195 who may not bring books in any more cannot put one on the shelf, and what waits too long is let go', async () => {
    let now = Date.now();
    const timed = await startTestServer({ now: () => now });
    try {
      const host = new Visitor(timed.origin);
      const { room, invites } = await makeRoom(host);
      const cohost = new Visitor(timed.origin);
      const member = await join(cohost, invites.cohost, 'Tobias');
      const read = await importRead(cohost, (await bring(cohost, room.id, pasted('One.'))).id);
      const socket = await host.enter(room.id);
      expect(await command(socket, { kind: 'member.role', member: member.id, role: 'reader' })).toMatchObject({
        ok: true,
      });
      expect(await shelved(cohost, read.id)).toMatchObject({ code: 'moderators-only' });
      expect((await host.ask<{ books: Book[] }>('GET', `/api/rooms/${room.id}`)).body.books).toEqual([]);
      host.leave();
      now += 4 * 60 * 60_000;
      expect((await cohost.ask('GET', `/api/imports/${read.id}`)).status).toBe(404);
    } finally {
      await timed.close();
    }
  });

  it('IM196 one member has a bounded number of imports open', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const answers = [];
    for (let at = 0; at < 41; at += 1) {
      answers.push((await host.ask('POST', `/api/rooms/${room.id}/books`, pasted(`Text ${at}.`))).status);
    }
    expect(answers.slice(0, 40).every((status) => status === 202)).toBe(true);
    expect(answers[40]).toBe(409);
  });
});
