import * as decoding from 'lib0/decoding';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_MAX_BYTES, COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import { newId } from '#shared/records/ids.ts';
import { makeBook } from '#server/importers/make-book.ts';
import { Bell } from '#tests/support/bell.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { type GuardedRoom, guardedRoom } from '#tests/support/guarded-room.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, command, heard } from '#tests/support/visitor.ts';
import { enterByWire } from '#tests/support/wire.ts';

/** More than what the system keeps for both ends of a connection, and what the server lets wait on top. */
const FAR_TOO_MUCH_BYTES = 24_000_000;

/** Some twenty megabytes are written in each; nothing is timed. */
const PATIENCE_MS = 180_000;
/** 1013, or nothing when the reader did not take that either before its deadline: to a client both mean the same. */
const COME_AGAIN = [1006, 1013];

let server: TestServer;
let room: GuardedRoom;
let clock = Date.now();

beforeAll(async () => {
  // A clock that gives everybody time, so that the host may write without end.
  server = await startTestServer({ now: () => (clock += 500) });
});
afterAll(() => server.close());
beforeEach(async () => {
  room = await guardedRoom(server);
});
afterEach(() => room.leave());

const syncPath = () => `/sync/${room.made.room.id}/margin/${room.chapter}`;

/** Notes that the host writes over and over again, so that the margin stays small and its updates do not. */
async function writes(bytes: number): Promise<Map<string, string>> {
  const ids = Array.from({ length: COMMAND_BURST_MAX / 2 }, () => newId());
  const last = new Map<string, string>();
  await Promise.all(ids.map((annotation) => command(room.ofHost, room.note('first', { annotation }))));
  for (let round = 0; round * ids.length * BODY_MAX_BYTES < bytes; round += 1) {
    const acks = await Promise.all(
      ids.map((annotation, index) => {
        const body = `${round} ${index} `.padEnd(BODY_MAX_BYTES, 'x');
        last.set(annotation, body);
        return command(room.ofHost, { kind: 'annotation.edit', annotation, body, colour: 'clay' });
      }),
    );
    for (const ack of acks) expect(ack).toMatchObject({ ok: true });
  }
  return last;
}

/** The update in a sync message, which is its kind, its step, and the update with its length before it. */
function updateIn(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

describe('a reader who does not take what is sent', () => {
  it(
    'GD80 of a document is closed to come again, without a gap in what they got, and then has everything',
    async () => {
      const slow = room.hostile.sync(syncPath());
      await new Promise((resolve) => slow.once('open', resolve));
      const frames: Uint8Array[] = [];
      slow.on('message', (data: Buffer) => frames.push(new Uint8Array(data)));
      const first = new Promise((resolve) => slow.once('message', resolve));
      slow.send(new Uint8Array([0, 0, 1, 0]));
      await first;
      slow.pause();

      const last = await writes(FAR_TOO_MUCH_BYTES);
      await room.goesOn();
      const end = closed(slow);
      slow.resume();
      // Its answer to this stands behind all that waits.
      const open = new Promise((resolve) => slow.once('pong', () => resolve('still open')));
      slow.ping();
      expect(COME_AGAIN).toContain(await Promise.race([end, open]));
      expect(frames.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(FAR_TOO_MUCH_BYTES);

      // What did come is whole: nothing in it waits for something that was left out.
      const copy = new DocumentLink(syncPath(), new Bell());
      for (const frame of frames) Y.applyUpdate(copy.doc, updateIn(frame));
      expect(copy.doc.store.pendingStructs).toBeNull();
      expect(await copy.connect((path) => room.hostile.sync(path))).toBe(true);
      const bodies = new Map([...marginMaps(copy.doc).annotations].map(([id, { body }]) => [id, body]));
      expect(bodies).toEqual(last);
      expect(copy.doc.store.pendingStructs).toBeNull();
      copy.drop('close');
    },
    PATIENCE_MS,
  );

  it(
    'GD81 of the room is closed, and starts anew with the whole state',
    async () => {
      const { id } = room.made.room;
      const live = await server.services.rooms.open(id);
      const block = { type: 'paragraph' as const, text: 'Words.', marks: [], quoteDepth: 0 };
      const chapters = Array.from({ length: 2_000 }, (_, index) => ({
        title: `Chapter ${index} `.padEnd(100, '-'),
        blocks: [block],
      }));
      const draft = { title: 'Long', author: null, language: 'en', direction: 'ltr' as const, chapters };
      const details = { format: 'text' as const, addedBy: room.made.member.id, addedAt: clock, fallbackTitle: 'Long' };
      const long = makeBook(draft, details);
      const added = await live?.addBook(room.made.member.id, long.book, long.chapters);
      expect(added).toMatchObject({ ok: true });
      const eventBytes = JSON.stringify(long.book).length;

      const left = new Promise<void>((resolve) => {
        room.ofHost.on('presence', (tick) => tick.left.includes(room.hostileMember.id) && resolve());
      });
      const wire = await enterByWire(room.hostile, id);
      wire.socket.pause();
      // Each change of its title is told with the whole book.
      for (let round = 0; round * eventBytes < FAR_TOO_MUCH_BYTES; round += 1) {
        const renamed = { kind: 'book.rename', book: long.book.id, title: `Long ${round}`, author: null };
        expect(await command(room.ofHost, renamed)).toMatchObject({ ok: true });
      }
      await left;
      wire.socket.resume();
      // Cut off, and not closed with a word, as when it had only been silent for too long.
      expect(await wire.ended).toBe(1006);
      await room.goesOn();
      const again = room.hostile.events(id);
      const state = heard(again, 'room.state');
      again.connect();
      const rounds = Math.ceil(FAR_TOO_MUCH_BYTES / eventBytes);
      expect((await state).books.find((book) => book.id === long.book.id)?.title).toBe(`Long ${rounds - 1}`);
    },
    PATIENCE_MS,
  );
});
