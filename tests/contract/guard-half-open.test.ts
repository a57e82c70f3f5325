import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { SOCKETS_PER_MEMBER_MAX } from '#server/limits.ts';
import { type GuardedRoom, guardedRoom } from '#tests/support/guarded-room.ts';
import { maskedFrame, plainConnection, says, upgradeRequest } from '#tests/support/plain-connection.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, Visitor } from '#tests/support/visitor.ts';
import { enterByWire, openWire } from '#tests/support/wire.ts';

/** Nothing here is timed: the tests wait for the end, and these only make it come soon. */
const hasty = { headers: 400, request: 800, handshake: 400, ping: 300, pong: 300, close: 300 };
/** The sync message that answers a question (`y-protocols/PROTOCOL.md`, step 2). */
const ANSWER = 1;
const EVENTS = '/socket.io/?EIO=4&transport=websocket';

let server: TestServer;
let room: GuardedRoom;

beforeAll(async () => {
  server = await startTestServer({ deadlines: hasty });
});
afterAll(() => server.close());
beforeEach(async () => {
  room = await guardedRoom(server);
});
afterEach(() => room.leave());

const syncPath = () => `/sync/${room.made.room.id}/margin/${room.chapter}`;

/** A socket that was answered what it asked for. */
async function reads(visitor: Visitor): Promise<WebSocket> {
  const socket = visitor.sync(syncPath());
  await new Promise((resolve) => socket.once('open', resolve));
  await asks(socket);
  return socket;
}

async function asks(socket: WebSocket): Promise<void> {
  const answer = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => data[1] === ANSWER && resolve());
  });
  socket.send(new Uint8Array([0, 0, 1, 0]));
  await answer;
}

describe('a socket that is half open', () => {
  it.each([
    ['connects and never asks for anything', ''],
    ['begins a request line', 'GET /so'],
    ['begins an upgrade and never ends it', `${upgradeRequest(EVENTS, null).trimEnd()}\r\n`],
    ['sends its headers a byte at a time', 'GET / HTTP/1.1\r\nX-Slow: 1'],
  ])('GD20 that %s is let go', async (_what, beginning) => {
    const { ended } = plainConnection(server.origin, beginning);
    await expect(ended).resolves.toBeUndefined();
    await room.goesOn();
  });

  it('GD20 that promises a body and never sends it is let go', async () => {
    // JSON, for which it is waited: what no route reads is answered before it has come.
    const beginning = 'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const { socket, ended } = plainConnection(server.origin, `${beginning}Content-Length: 100\r\n\r\n{`);
    expect(await says(socket, '\r\n')).toMatch(/^HTTP\/1\.1 408 /u);
    await ended;
    await room.goesOn();
  });

  it.each([
    ['Socket.IO', () => EVENTS],
    ['a document', syncPath],
  ])('GD20 whose upgrade to %s is not one is refused', async (_what, path) => {
    const broken = upgradeRequest(path(), room.hostile.cookie).replace('Sec-WebSocket-Version: 13', 'X-None: 1');
    const { socket, ended } = plainConnection(server.origin, broken);
    expect(await says(socket, '\r\n')).toMatch(/^HTTP\/1\.1 4/u);
    await ended;
    await room.goesOn();
  });

  it('GD21 that never asks Socket.IO for a room is let go', async () => {
    const wire = await openWire(room.hostile);
    // It answers beats, so that nothing but its silence speaks against it.
    wire.socket.on('message', (data: Buffer) => {
      if (data.toString('utf8') === '2') wire.socket.send('3');
    });
    await expect(wire.ended).resolves.toBeTypeOf('number');
    await room.goesOn();
  });

  it('GD22 that is in the room and answers no beat is let go, and its member leaves', async () => {
    const left = new Promise<void>((resolve) => {
      room.ofHost.on('presence', (tick) => tick.left.includes(room.hostileMember.id) && resolve());
    });
    const wire = await enterByWire(room.hostile, room.made.room.id);
    await wire.ended;
    await expect(left).resolves.toBeUndefined();
  });

  it('GD23 that reads a document and answers no beat is let go, and its seat is free again', async () => {
    const silent = Array.from({ length: SOCKETS_PER_MEMBER_MAX }, () =>
      plainConnection(server.origin, upgradeRequest(syncPath(), room.hostile.cookie)),
    );
    await Promise.all(silent.map(({ socket }) => says(socket, '\r\n\r\n')));
    // Every seat is taken.
    expect(await closed(room.hostile.sync(syncPath()))).toBe(4429);
    const honest = await reads(room.host);
    const felt = new Promise((resolve) => honest.once('ping', resolve));
    server.beat();
    await felt;
    // Its answer to the beat went before this question.
    await asks(honest);
    server.beat();
    await Promise.all(silent.map(({ ended }) => ended));
    (await reads(room.hostile)).close();
    expect(honest.readyState).toBe(honest.OPEN);
  });

  it('GD24 that was closed and goes on sending is cut off', async () => {
    const flood = plainConnection(server.origin, upgradeRequest(syncPath(), room.hostile.cookie));
    await says(flood.socket, '\r\n\r\n');
    const asking = Buffer.concat(Array.from({ length: 100 }, () => maskedFrame(new Uint8Array([0, 0, 1, 0]))));
    // It never answers the close that it gets after the first sixty.
    const goesOn = () => flood.socket.writable && flood.socket.write(asking, goesOn);
    goesOn();
    await expect(flood.ended).resolves.toBeUndefined();
    await room.goesOn();
  });

  it('GD24 that nobody let in, and that does not care, is cut off too', async () => {
    const stranger = plainConnection(server.origin, upgradeRequest(syncPath(), new Visitor(server.origin).cookie));
    await says(stranger.socket, '\r\n\r\n');
    await expect(stranger.ended).resolves.toBeUndefined();
    await room.goesOn();
  });

  it('GD25 that was refused and takes its time to hear it holds up nobody who comes after', async () => {
    const patient = await startTestServer();
    const other = await guardedRoom(patient);
    const path = `/sync/${other.made.room.id}/margin/${other.chapter}`;
    const strangers = Array.from({ length: 600 }, () => plainConnection(patient.origin, upgradeRequest(path, null)));
    await Promise.all(strangers.map(({ socket }) => says(socket, '\r\n\r\n')));
    const honest = other.host.sync(path);
    await new Promise((resolve) => honest.once('open', resolve));
    await asks(honest);
    expect(honest.readyState).toBe(honest.OPEN);
    for (const { socket } of strangers) socket.destroy();
    other.leave();
    await patient.close();
  });

  it('GD25 that was let in and asks for nothing holds up nobody who comes after either', async () => {
    const silent = Array.from({ length: SOCKETS_PER_MEMBER_MAX }, () =>
      plainConnection(server.origin, upgradeRequest(syncPath(), room.hostile.cookie)),
    );
    await Promise.all(silent.map(({ socket }) => says(socket, '\r\n\r\n')));
    const honest = await reads(room.host);
    expect(honest.readyState).toBe(honest.OPEN);
    for (const { socket } of silent) socket.destroy();
    await room.goesOn();
  });
});
