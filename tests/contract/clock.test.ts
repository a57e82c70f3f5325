import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RateLimiter } from '#server/doors/rate-limit.ts';
import type { Ack } from '#shared/protocol/command.ts';
import { COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { newId } from '#shared/records/ids.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { command, type EventSocket, heard, type MadeRoom, makeRoom, Visitor } from '#tests/support/visitor.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

describe('a clock that jumps', () => {
  let folder: string;
  let server: TestServer;
  let clock = 1_700_000_000_000;
  let host: Visitor;
  let made: MadeRoom;
  let chapter: ChapterId;
  let socket: EventSocket;

  const start = () => startTestServer({ dataDir: folder, now: () => clock });

  beforeEach(async () => {
    folder = await mkdtemp(joinPath(tmpdir(), 'lectern-clock-'));
    server = await start();
    host = new Visitor(server.origin);
    made = await makeRoom(host);
    const book = await putBook(server, made.room.id, made.member.id, ['A ferry came.', 'It left.']);
    chapter = book.chapters[0]?.id as ChapterId;
    socket = await host.enter(made.room.id);
  });
  afterEach(async () => {
    host.leave();
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function restart(): Promise<void> {
    host.leave();
    await server.close();
    server = await start();
    const visitor = new Visitor(server.origin);
    visitor.cookie = host.cookie;
    host = visitor;
    socket = await host.enter(made.room.id);
  }

  const write = (body: string): Promise<Ack> =>
    command(socket, {
      kind: 'annotation.create',
      annotation: newId(),
      chapter,
      passage: null,
      colour: 'woad',
      body,
      visibility: 'room',
    });

  async function notes(): Promise<Annotation[]> {
    const path = `/api/rooms/${made.room.id}/chapters/${chapter}/margin`;
    return (await host.ask<{ annotations: Annotation[] }>('GET', path)).body.annotations;
  }

  it.each([
    ['back by an hour', -HOUR_MS],
    ['back by a year', -YEAR_MS],
    ['ahead by a year', YEAR_MS],
  ])('FT11 %s: what was written later is stamped later, also over a restart', async (_jump, by) => {
    await write('1');
    clock += by;
    await write('2');
    await restart();
    await write('3');
    clock -= by;
    await restart();
    await write('4');
    const written = (await notes()).toSorted((a, b) => a.createdAt - b.createdAt);
    expect(written.map(({ body }) => body)).toEqual(['1', '2', '3', '4']);
    expect(new Set(written.map(({ createdAt }) => createdAt)).size).toBe(4);
  });

  it.each([
    ['back', -HOUR_MS],
    ['ahead', HOUR_MS],
  ])(
    'FT12 %s: who was too fast is so for a moment and not for an hour, and has not more at once than before',
    async (_jump, by) => {
      const flood = async (): Promise<number> => {
        const acks = await Promise.all(Array.from({ length: COMMAND_BURST_MAX + 5 }, (_note, at) => write(String(at))));
        expect(acks.flatMap((ack) => (ack.ok ? [] : [ack.code])).every((code) => code === 'too-fast')).toBe(true);
        return acks.filter(({ ok }) => ok).length;
      };
      expect(await flood()).toBe(COMMAND_BURST_MAX);
      clock += by;
      await write('right after the jump');
      clock += SECOND_MS;
      expect(await write('a second later')).toMatchObject({ ok: true });
      expect(await flood()).toBeLessThanOrEqual(COMMAND_BURST_MAX);
    },
  );

  it('FT12 the doors shut nobody out for as long as a clock was set back', () => {
    let now = HOUR_MS;
    const door = new RateLimiter({ burst: 2, perSecond: 1 }, () => now);
    expect([door.take('a').ok, door.take('a').ok, door.take('a').ok]).toEqual([true, true, false]);
    now -= HOUR_MS;
    expect(door.take('a').ok).toBe(false);
    now += SECOND_MS;
    expect(door.take('a').ok).toBe(true);
  });

  it('FT13 back by a year: a session ends with a recap of a time that was not before it began', async () => {
    const place = { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 1 } };
    const text = await (await server.services.rooms.open(made.room.id))?.chapter(chapter);
    const block = text?.blocks[0]?.id ?? '';
    place.start.block = block;
    place.end.block = block;
    expect(await command(socket, { kind: 'session.start', chapter, place })).toMatchObject({ ok: true });
    clock -= YEAR_MS;
    await restart();
    const ended = heard(socket, 'session.ended');
    expect(await command(socket, { kind: 'session.end' })).toMatchObject({ ok: true });
    expect((await ended).minutes).toBeGreaterThanOrEqual(0);
  });

  const link = async (): Promise<string> => {
    const path = `/api/rooms/${made.room.id}/devices/link`;
    return (await host.ask<{ token: string }>('POST', path)).body.token;
  };
  const redeem = async (token: string): Promise<number> =>
    (await new Visitor(server.origin).ask('POST', '/api/devices/redeem', { token })).status;

  it.each([
    ['back by an hour', -HOUR_MS],
    ['ahead by an hour', HOUR_MS],
  ])('FT14 %s: a link for another device is dead, and a new one works', async (_jump, by) => {
    const before = await link();
    clock += by;
    expect(await redeem(before)).toBe(410);
    expect(await redeem(await link())).toBe(200);
  });
});
