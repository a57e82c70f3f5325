import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import { newId } from '#shared/records/ids.ts';
import { doorRates } from '#server/doors/doors.ts';
import { ROOMS_PER_DEVICE_MAX, SOCKETS_PER_MEMBER_MAX } from '#server/limits.ts';
import { type GuardedRoom, guardedRoom } from '#tests/support/guarded-room.ts';
import { plainConnection, says, upgradeRequest } from '#tests/support/plain-connection.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, command, type EventSocket, heard } from '#tests/support/visitor.ts';
import { enterByWire, type Wire } from '#tests/support/wire.ts';

/** The server's clock stands still, so that no bucket fills up again and every count is exact. */
const standing = Date.now();
const FLOOD = 2_000;
const EVENTS = '/socket.io/?EIO=4&transport=websocket';
/** What a client makes of a connection that ends without a code, or without a close frame. */
const CUT_OFF = [1005, 1006];

let server: TestServer;
let room: GuardedRoom;

beforeAll(async () => {
  server = await startTestServer({ now: () => standing });
});
afterAll(() => server.close());
beforeEach(async () => {
  room = await guardedRoom(server);
});
afterEach(() => room.leave());

/** How a connection ended that should have been cut off by now, or that what it says last is still answered. */
const endOrAnswer = (wire: Wire): Promise<number | string> => {
  const answer = wire.hears('39999').then(() => 'still answered');
  wire.say('29999["command",{}]');
  return Promise.race([wire.ended, answer]);
};

const event = (name: string, payload: unknown) => `2${JSON.stringify([name, payload])}`;

/** Connects all of these, and gives what the first of them that is sent away is told; null when all come in. */
function firstGoodbye(sockets: readonly EventSocket[]): Promise<{ code: string } | null> {
  const goodbye = Promise.race(sockets.map((socket) => heard(socket, 'goodbye')));
  const allIn = Promise.all(sockets.map((socket) => heard(socket, 'room.state')));
  for (const socket of sockets) socket.connect();
  return Promise.race([goodbye, allIn.then(() => null)]);
}

describe('a flood from one member', () => {
  it.each([
    ['whereabouts', () => ({ chapter: null, position: null, progress: 0, writingIn: null, following: false })],
    ['cheer', () => 'heart'],
    ['session.place', () => ({ chapter: room.chapter, place: null })],
    ['no.such.event', () => ({})],
  ])('GD1 of %s frames is cut off, and the room goes on', async (name, payload) => {
    const wire = await enterByWire(room.hostile, room.made.room.id);
    for (let sent = 0; sent < FLOOD; sent += 1) wire.say(event(name, payload()));
    expect(CUT_OFF).toContain(await endOrAnswer(wire));
    await room.goesOn();
  });

  it('GD1 of commands is cut off, with no more of them carried out than one member may send at once', async () => {
    const wire = await enterByWire(room.hostile, room.made.room.id);
    for (let sent = 0; sent < FLOOD; sent += 1) {
      wire.say(`2${sent}${JSON.stringify(['command', { id: newId(), ...room.note(`flood ${sent}`) }])}`);
    }
    expect(CUT_OFF).toContain(await endOrAnswer(wire));
    await room.goesOn();
    const written = await room.bodies();
    expect(written.length).toBeLessThanOrEqual(COMMAND_BURST_MAX);
    expect(written.length).toBeGreaterThan(0);
  });

  it('GD1 of bytes is cut off, however few the frames', async () => {
    const wire = await enterByWire(room.hostile, room.made.room.id);
    const nowhere = { chapter: null, position: null, progress: 0, writingIn: null, following: false };
    const frame = event('whereabouts', { ...nowhere, padding: 'x'.repeat(60_000) });
    const most = Math.ceil(doorRates.wireBytes.burst / frame.length) + 1;
    expect(most).toBeLessThan(doorRates.wireFrames.burst);
    for (let sent = 0; sent < most; sent += 1) wire.say(frame);
    expect(CUT_OFF).toContain(await endOrAnswer(wire));
    await room.goesOn();
  });

  it('GD2 of commands leaves the others what the room takes', async () => {
    const narrow = await startTestServer({
      now: () => standing,
      rates: { roomCommands: { burst: doorRates.memberCommands.burst + 1, perSecond: 1 } },
    });
    const small = await guardedRoom(narrow);
    const hostile = await small.hostile.enter(small.made.room.id);
    const acks = await Promise.all(
      Array.from({ length: doorRates.memberCommands.burst + 50 }, () => command(hostile, { kind: 'session.end' })),
    );
    expect(acks.at(-1)).toMatchObject({ ok: false, code: 'too-fast' });
    await small.goesOn();
    small.leave();
    await narrow.close();
  });

  it('GD3 of sockets ends at what one member may hold, of each kind, and the room goes on', async () => {
    const { id } = room.made.room;
    const first = await room.hostile.enter(id);
    const held = Array.from({ length: SOCKETS_PER_MEMBER_MAX }, () => room.hostile.events(id));
    expect(await firstGoodbye(held)).toEqual({ code: 'too-many' });
    expect(first.connected).toBe(true);
    // What is let go may be taken again.
    first.disconnect();
    await room.goesOn();
  });

  it('GD3 of sockets over many rooms counts for the browser that opens them', async () => {
    const rooms = await Promise.all(Array.from({ length: 3 }, () => guardedRoom(server)));
    for (const one of rooms) {
      await room.hostile.ask('POST', `/api/invites/${one.made.invites.reader}/accept`, { name: 'Mallory' });
    }
    const held = rooms.flatMap((one) =>
      Array.from({ length: SOCKETS_PER_MEMBER_MAX / 3 + 1 }, () => room.hostile.events(one.made.room.id)),
    );
    expect(await firstGoodbye(held)).toEqual({ code: 'too-many' });
    for (const one of rooms) one.leave();
  });

  it('GD4 of joins and leaves is told to wait, and the others come in', async () => {
    const narrow = await startTestServer({ now: () => standing, rates: { entrances: { burst: 5, perSecond: 1 } } });
    const small = await guardedRoom(narrow);
    const { id } = small.made.room;
    for (let come = 0; come < 5; come += 1) (await small.hostile.enter(id)).disconnect();
    const refused = small.hostile.events(id);
    const answer = new Promise<string>((resolve) => {
      refused.once('connect_error', (error) => resolve(error.message));
      refused.once('room.state', () => resolve('came in'));
    });
    refused.connect();
    expect(await answer).toBe('too-fast');
    const reader = small.hostile.sync(`/sync/${id}/margin/${small.chapter}`);
    expect(await Promise.race([closed(reader), stillAnswers(reader)])).toBe(1013);
    await small.goesOn();
    (await small.host.enter(id)).disconnect();
    small.leave();
    await narrow.close();
  });

  it.each([
    ['from there', {}, undefined, []],
    ['behind a trusted proxy', { TRUSTED_PROXIES: '1' }, '192.0.2.1', ['192.0.2.2']],
  ])(
    'GD5 of sockets from one address is refused beyond what it may hold, %s, and others come in',
    async (_how, env, from, others) => {
      const narrow = await startTestServer({ env, holds: { sockets: 2 } });
      const upgrade = async (address: string | undefined) => {
        const forwarded = address === undefined ? '' : `X-Forwarded-For: 198.51.100.7, ${address}\r\n`;
        const request = upgradeRequest(EVENTS, null).replace('Host: localhost\r\n', `Host: localhost\r\n${forwarded}`);
        const { socket, ended } = plainConnection(narrow.origin, request);
        const [, status] = /^HTTP\/1\.1 (\d+)/u.exec(await says(socket, '\r\n')) ?? [];
        return { socket, ended, status };
      };
      const held = [await upgrade(from), await upgrade(from)];
      expect(held.map(({ status }) => status)).toEqual(['101', '101']);
      expect((await upgrade(from)).status).toBe('429');
      // What a stranger puts before the proxy's own entry counts for nothing, and another visitor is not held up.
      for (const other of others) expect((await upgrade(other)).status).toBe('101');
      for (const { socket } of held) socket.destroy();
      await expect.poll(async () => (await upgrade(from)).status).toBe('101');
      await narrow.close();
    },
  );

  it('GD6 of connections from one address is cut off beyond what it may hold, but not behind a proxy', async () => {
    for (const [proxies, isCutOff] of [
      ['0', true],
      ['1', false],
    ] as const) {
      const narrow = await startTestServer({ env: { TRUSTED_PROXIES: proxies }, holds: { connections: 2 } });
      const silent = [plainConnection(narrow.origin), plainConnection(narrow.origin)];
      await Promise.all(silent.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
      const third = plainConnection(narrow.origin, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
      const answer = says(third.socket, 'HTTP/1.1 200').then(() => 'answered');
      const end = third.ended.then(() => 'cut off');
      expect(await Promise.race([answer, end])).toBe(isCutOff ? 'cut off' : 'answered');
      for (const { socket } of [...silent, third]) socket.destroy();
      await narrow.close();
    }
  });

  it('GD7 of rooms ends at how many one browser may be somebody in, by every way into a room', async () => {
    const device = await server.services.identity.deviceFromCookie(room.hostile.cookie);
    // Years of rooms, written at once.
    const file = new DatabaseSync(join(server.dataDir, 'lectern.sqlite'), { enableForeignKeyConstraints: false });
    const bind = file.prepare('insert into device_members (device, room, member) values (?, ?, ?)');
    file.exec('begin');
    for (let more = 1; more < ROOMS_PER_DEVICE_MAX; more += 1) bind.run(device?.id ?? '', newId(), newId());
    file.exec('commit');
    file.close();
    const other = await guardedRoom(server);
    const link = await other.hostile.ask<{ token: string }>('POST', `/api/rooms/${other.made.room.id}/devices/link`);
    for (const [path, body] of [
      ['/api/rooms', { title: 'One more', name: 'Mallory' }],
      [`/api/invites/${other.made.invites.reader}/accept`, { name: 'Mallory' }],
      ['/api/devices/redeem', { token: link.body.token }],
    ] as const) {
      expect((await room.hostile.ask('POST', path, body)).body).toMatchObject({ ok: false, code: 'too-many' });
    }
    // The rooms it has stay open to it.
    await room.hostile.enter(room.made.room.id);
    await room.goesOn();
    other.leave();
  });
});
