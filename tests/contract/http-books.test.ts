import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormats } from '#shared/protocol/http.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import type { Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { Import } from '#shared/records/import.ts';
import { bringText, shelved } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, join, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
const visitor = () => new Visitor(server.origin);

const text = 'The tide\n\nThe lighthouse keeper counted the steps again.\n\nThere were more of them than yesterday.\n';

function fileForm(content: string | Uint8Array<ArrayBuffer>, name: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return form;
}

describe('bringing books in', () => {
  it('HT40 pasted text becomes a book whose chapter has the words in order', async () => {
    const host = visitor();
    const { room, member } = await makeRoom(host);
    const queued = await host.ask<Import>('POST', `/api/rooms/${room.id}/books`, {
      text,
      format: 'text',
      title: 'Tides',
    });
    expect(queued.status).toBe(202);
    const ended = await shelved(host, queued.body.id);
    expect(ended).toMatchObject({ state: 'done', progress: 1, error: null });
    const book = await host.ask('GET', `/api/rooms/${room.id}/books/${ended.book}`);
    expect(book).toMatchObject({ status: 200, body: { title: 'Tides', addedBy: member.id, chapters: [{ index: 0 }] } });
  });

  it('HT41 a file is brought in by its content, and its name is only a hint', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const form = fileForm('<!doctype html><title>Steps</title><p>One <em>step</em>.</p><p>Two.</p>', 'steps.txt');
    const queued = await host.ask<Import>('POST', `/api/rooms/${room.id}/books`, form);
    expect(queued.body.fileName).toBe('steps.txt');
    const ended = await shelved(host, queued.body.id);
    expect(ended.state).toBe('done');
    const book = await host.ask('GET', `/api/rooms/${room.id}/books/${ended.book}`);
    expect(book.body).toMatchObject({ format: 'html' });
  });

  it('HT42 what is empty, binary, too large or no file at all is refused with its sentence', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const path = `/api/rooms/${room.id}/books`;
    expect(await host.ask('POST', path, fileForm('', 'a.txt'))).toMatchObject({
      status: 422,
      body: { code: 'file-empty' },
    });
    const binary = await host.ask<Import>('POST', path, fileForm(new Uint8Array(4_000).fill(0), 'a.txt'));
    expect(await shelved(host, binary.body.id)).toMatchObject({
      state: 'failed',
      error: { code: 'file-not-text' },
    });
    const large = fileForm(new Uint8Array(UPLOAD_MAX_BYTES + 1).fill(97), 'a.txt');
    expect(await host.ask('POST', path, large)).toMatchObject({ status: 413, body: { code: 'file-too-large' } });
    const noFile = new FormData();
    noFile.append('other', 'x');
    expect(await host.ask('POST', path, noFile)).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await host.ask('POST', path, { text, format: 'papyrus' })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect(await host.ask('POST', path, 'x', { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
  });

  it('HT43 a body that states more than is taken is refused before it is sent, and one without a length too', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const status = (headers: Record<string, string>) =>
      new Promise((resolve) => {
        const sent = request(`${server.origin}/api/rooms/${room.id}/books`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: host.cookie ?? '', ...headers },
        });
        sent.once('response', (response) => {
          resolve(response.statusCode);
          sent.destroy();
        });
        sent.once('error', () => {});
        sent.flushHeaders();
      });
    expect(await status({ 'content-length': '900000000' })).toBe(413);
    expect(await status({ 'transfer-encoding': 'chunked' })).toBe(400);
  });

  it('HT44 listeners bring nothing in, and imports are seen by whoever brought them only', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const listener = visitor();
    await join(listener, invites.listener, 'Li');
    expect(await listener.ask('POST', `/api/rooms/${room.id}/books`, { text, format: 'text' })).toMatchObject({
      status: 403,
    });
    const queued = await host.ask<Import>('POST', `/api/rooms/${room.id}/books`, { text, format: 'text' });
    expect((await host.ask('GET', `/api/imports/${queued.body.id}`)).status).toBe(200);
    expect((await listener.ask('GET', `/api/imports/${queued.body.id}`)).status).toBe(404);
    const stranger = visitor();
    await makeRoom(stranger);
    expect(await stranger.ask('GET', `/api/imports/${queued.body.id}`)).toMatchObject({
      status: 401,
      body: { code: 'signed-out' },
    });
    expect((await host.ask('GET', `/api/imports/${newId()}`)).status).toBe(404);
  });

  it('HT45 a chapter is served under its hash and not sent again to who has it', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const book = await bringText(host, room.id, text);
    const path = `/api/rooms/${room.id}/chapters/${book.chapters[0]?.id}`;
    const first = await host.ask<Chapter>('GET', path);
    expect(first.body.blocks.map((block) => block.text).join(' ')).toContain('more of them than yesterday');
    expect(first.headers.get('cache-control')).toContain('private');
    const etag = first.headers.get('etag') ?? '';
    const again = await host.ask('GET', path, undefined, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect((await visitor().ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(401);
    expect((await host.ask('GET', `/api/rooms/${room.id}/chapters/${newId()}`)).status).toBe(404);
    const elsewhere = visitor();
    const other = await makeRoom(elsewhere);
    expect((await elsewhere.ask('GET', `/api/rooms/${other.room.id}/chapters/${book.chapters[0]?.id}`)).status).toBe(
      404,
    );
  });
});

describe('taking it home', () => {
  it('HT46 an export comes as a file in each format, with private notes only of who asks', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const reader = visitor();
    await join(reader, invites.reader, 'Grace');
    const book = await bringText(host, room.id, text);
    const chapter = book.chapters[0]?.id;
    const note = (body: string, visibility: string) => ({
      kind: 'annotation.create',
      annotation: newId(),
      chapter,
      passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
      colour: 'woad',
      body,
      visibility,
    });
    const [ofHost, ofReader] = await Promise.all([host.enter(room.id), reader.enter(room.id)]);
    expect(await command(ofHost, note('for everyone', 'room'))).toMatchObject({ ok: true });
    expect(await command(ofHost, note('of the host alone', 'private'))).toMatchObject({ ok: true });
    expect(await command(ofReader, note('of the reader alone', 'private'))).toMatchObject({ ok: true });
    for (const format of exportFormats) {
      const file = await reader.ask<unknown>('GET', `/api/rooms/${room.id}/export?format=${format}&chapter=${chapter}`);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\x20-\x7e]+\.\w+"; filename\*=UTF-8''\S+$/,
      );
      const written = typeof file.body === 'string' ? file.body : JSON.stringify(file.body);
      expect(written).toContain('for everyone');
      expect(written).toContain('of the reader alone');
      expect(written).not.toContain('of the host alone');
    }
    const whole = await host.ask<string>(
      'GET',
      `/api/rooms/${room.id}/export?format=markdown&book=${book.id}&scope=mine`,
    );
    expect(whole.body).toContain('for everyone');
    expect(whole.body).not.toContain('of the reader alone');
    host.leave();
    reader.leave();
  });

  it('HT47 an export of nothing, in no format, or by a stranger is refused', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    const book = await bringText(host, room.id, text);
    const path = `/api/rooms/${room.id}/export`;
    expect(await host.ask('GET', `${path}?format=markdown`)).toMatchObject({ status: 404 });
    expect(await host.ask('GET', `${path}?format=pdf&book=${book.id}`)).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect(await host.ask('GET', `${path}?format=csv&scope=theirs&book=${book.id}`)).toMatchObject({ status: 400 });
    expect(await visitor().ask('GET', `${path}?format=csv&book=${book.id}`)).toMatchObject({ status: 401 });
  });

  it('HT48 what was hidden is told to moderators, with its words, and to nobody else', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const reader = visitor();
    await join(reader, invites.reader, 'Grace');
    const book = await bringText(host, room.id, text);
    const chapter = book.chapters[0]?.id;
    const socket = await host.enter(room.id);
    const annotation = newId();
    const create = {
      annotation,
      chapter,
      passage: null,
      colour: 'clay',
      body: 'better left unsaid',
      visibility: 'room',
    };
    expect(await command(socket, { kind: 'annotation.create', ...create })).toMatchObject({ ok: true });
    expect(await command(socket, { kind: 'record.hide', target: annotation })).toMatchObject({ ok: true });
    const path = `/api/rooms/${room.id}/chapters/${chapter}`;
    const hidden = await host.ask('GET', `${path}/hidden`);
    expect(hidden.body).toMatchObject({ annotations: [{ id: annotation, body: 'better left unsaid' }], replies: [] });
    expect(await reader.ask('GET', `${path}/hidden`)).toMatchObject({ status: 403, body: { code: 'moderators-only' } });
    const seen = await reader.ask('GET', `${path}/margin`);
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).not.toContain('better left unsaid');
    host.leave();
  });
});
