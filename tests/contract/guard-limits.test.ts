import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ANNOTATIONS_PER_ROOM_MAX,
  BODY_MAX_BYTES,
  BOOKS_PER_ROOM_MAX,
  MEMBER_MARGIN_MAX_BYTES,
} from '#shared/protocol/limits.ts';
import type { Ack } from '#shared/protocol/command.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { newId } from '#shared/records/ids.ts';
import { makeBook } from '#server/importers/make-book.ts';
import { PICTURES_PER_ROOM_MAX_BYTES } from '#server/limits.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { putBook } from '#tests/support/bring.ts';
import { guardedRoom } from '#tests/support/guarded-room.ts';
import { picture } from './store/bytes.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { command } from '#tests/support/visitor.ts';

/** Some four megabytes are written; nothing is timed. */
const PATIENCE_MS = 180_000;

describe('limits in bytes', () => {
  it(
    'GD70 one member fills their part of a chapter and no more, over a restart too; the others write on',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'lectern-full-'));
      let clock = Date.now();
      // Time enough before each command that nobody is too fast.
      const now = () => (clock += 1_000);
      let server = await startTestServer({ dataDir, now });
      const room = await guardedRoom(server);
      let socket = await room.hostile.enter(room.made.room.id);
      const heavy = 'x'.repeat(BODY_MAX_BYTES);
      const kept: string[] = [];
      let ack: Ack;
      do {
        const annotation = newId();
        ack = await command(socket, room.note(heavy, { passage: null, annotation, visibility: 'private' }));
        if (ack.ok) kept.push(annotation);
      } while (ack.ok && kept.length * BODY_MAX_BYTES < MEMBER_MARGIN_MAX_BYTES);
      expect(ack).toMatchObject({ ok: false, code: 'too-many' });
      expect(kept.length).toBeLessThan(MEMBER_MARGIN_MAX_BYTES / BODY_MAX_BYTES);
      expect(kept.length).toBeGreaterThan(MEMBER_MARGIN_MAX_BYTES / BODY_MAX_BYTES - 20);
      await room.goesOn();
      expect(await command(room.ofHost, room.note('there is room for me'))).toMatchObject({ ok: true });
      const shorter = { kind: 'annotation.edit', annotation: kept[0], body: 'shorter', colour: 'clay' };
      expect(await command(socket, shorter)).toMatchObject({ ok: true });
      expect(await command(socket, room.note(heavy))).toMatchObject({ ok: true });
      expect(await command(socket, { ...shorter, body: heavy })).toMatchObject({ ok: false, code: 'too-many' });

      room.leave();
      await server.close();
      server = await startTestServer({ dataDir, now, env: { PORT: new URL(server.origin).port } });
      socket = await room.hostile.enter(room.made.room.id);
      expect(await command(socket, { ...shorter, body: heavy })).toMatchObject({ ok: false, code: 'too-many' });
      room.leave();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
    PATIENCE_MS,
  );

  it('GD73 a room holds so many annotations and no more, what it has goes on, and a book that goes makes room', async () => {
    let held = ANNOTATIONS_PER_ROOM_MAX - 1;
    const server = await startTestServer({
      openStore: async (...given) => ({
        ...(await openSqliteStore(...given)),
        annotationCount: () => Promise.resolve(held),
      }),
    });
    const room = await guardedRoom(server);
    const socket = await room.hostile.enter(room.made.room.id);
    const annotation = newId();
    expect(await command(socket, room.note('the last', { annotation }))).toMatchObject({ ok: true });
    expect(await command(socket, room.note('one more'))).toMatchObject({ ok: false, code: 'room-full' });
    expect(await command(socket, room.note('in pencil', { visibility: 'private' }))).toMatchObject({
      code: 'room-full',
    });
    const edit = { kind: 'annotation.edit', annotation, body: 'the very last', colour: 'clay' };
    expect(await command(socket, edit)).toMatchObject({ ok: true });
    const other = await putBook(server, room.made.room.id, room.made.member.id, ['Of another book.']);
    held = 1;
    expect(await command(room.ofHost, { kind: 'book.remove', book: other.id })).toMatchObject({ ok: true });
    expect(await command(socket, room.note('there is room'))).toMatchObject({ ok: true });
    room.leave();
    await server.close();
  });

  it(
    'GD73 a room holds so many books: one more is refused before it is read and when it is done, and one that goes makes room',
    async () => {
      const server = await startTestServer();
      const room = await guardedRoom(server);
      const { id } = room.made.room;
      const brings = () => putBook(server, id, room.made.member.id, ['One more.']);
      for (let books = 1; books < BOOKS_PER_ROOM_MAX; books += 1) await brings();
      const asked = await room.host.ask('POST', `/api/rooms/${id}/books`, { text: 'One more.', format: 'text' });
      expect(asked.body.code).toBe('room-full');
      await expect(brings()).rejects.toThrow('the book was refused');
      expect(await command(room.ofHost, { kind: 'book.remove', book: room.book.id })).toMatchObject({ ok: true });
      // For one, and not for two who come at once.
      const both = await Promise.allSettled([brings(), brings()]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      room.leave();
      await server.close();
    },
    PATIENCE_MS,
  );

  it('GD73 a room holds so many bytes of pictures, and a book that brings more of them is refused whole', async () => {
    const server = await startTestServer({
      openStore: async (...given) => ({
        ...(await openSqliteStore(...given)),
        pictureBytes: () => Promise.resolve(PICTURES_PER_ROOM_MAX_BYTES - 2),
      }),
    });
    const room = await guardedRoom(server);
    const live = await server.services.rooms.open(room.made.room.id);
    const block = { type: 'paragraph' as const, text: 'Words.', marks: [], quoteDepth: 0 };
    const draft = {
      title: 'Plates',
      author: null,
      language: 'en',
      direction: 'ltr' as const,
      chapters: [{ title: 'One', blocks: [block] }],
    };
    const brings = (bytes: number) => {
      const details = { format: 'text' as const, addedBy: room.made.member.id, addedAt: 0, fallbackTitle: 'Plates' };
      const { book, chapters } = makeBook(draft, details);
      return live?.addBook(room.made.member.id, book, chapters, [{ ...picture('a'), bytes: new Uint8Array(bytes) }]);
    };
    expect(await brings(3)).toMatchObject({ ok: false, code: 'room-full' });
    expect(await brings(2)).toMatchObject({ ok: true });
    expect(live?.books().map(({ title }) => title)).toEqual(expect.arrayContaining(['Plates']));
    room.leave();
    await server.close();
  });

  it('GD71 what no encoding keeps is left out of a text when it is written, and the rest comes back the same', async () => {
    const server = await startTestServer();
    const room = await guardedRoom(server);
    const socket = await room.hostile.enter(room.made.room.id);
    for (const [said, kept] of [
      ['a\u0000b', 'ab'],
      ['half \ud83d a pair', 'half \ufffd a pair'],
      ['\u0001\u0002tab\tand\r\nline\u007f', 'tab\tand\nline'],
      ['עברית \u200f العربية 👩‍👩‍👧‍👦 e\u0301', 'עברית \u200f العربية 👩‍👩‍👧‍👦 e\u0301'],
    ] as const) {
      const annotation = newId();
      expect(await command(socket, room.note(said, { annotation }))).toMatchObject({ ok: true });
      const path = `/api/rooms/${room.made.room.id}/chapters/${room.chapter}/margin`;
      const live = (await room.host.ask<{ annotations: Annotation[] }>('GET', path)).body.annotations;
      const stored = (await server.services.store.margin(room.made.room.id, room.chapter)).annotations;
      for (const annotations of [live, stored])
        expect(annotations.find(({ id }) => id === annotation)?.body).toBe(kept);
    }
    for (const said of ['\u0000', '\u0007 \u0001', '   ']) {
      expect(await command(socket, room.note(said, { passage: null }))).toMatchObject({
        ok: false,
        code: 'empty-note',
      });
    }
    room.leave();
    await server.close();
  });
});
