import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceTick } from '#shared/protocol/presence.ts';
import { Hub } from '#server/events/hub.ts';
import type { RoomServer, RoomSocket } from '#server/events/room-socket.ts';
import { LOST_BACKLOG_BYTES, SLOW_BACKLOG_BYTES } from '#server/limits.ts';
import { hear, ReadingGroup } from '#tests/support/reading-group.ts';

/** More than this and the room would not take it as a title; many of them are a backlog. */
const TITLE = 'A long evening '.repeat(15).trim();

describe('a socket that does not keep up', () => {
  let group: ReadingGroup;
  let http: HttpServer;
  let io: RoomServer;
  let hub: Hub;
  let socket: RoomSocket;
  let client: ReturnType<typeof connect>;
  let lost: number;

  beforeEach(async () => {
    group = await ReadingGroup.gather();
    const reader = await group.join('Ada');
    http = createServer();
    io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
    lost = 0;
    hub = new Hub(io, group.room, () => (lost += 1));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
    const arrived = new Promise<RoomSocket>((resolve) => io.once('connection', resolve));
    const { port } = http.address() as AddressInfo;
    client = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false });
    socket = await arrived;
    socket.data = { room: group.room, member: reader.id, device: 'a browser', revocations: 0, reading: null };
    hub.enter(socket);
    hub.admit(socket, []);
    group.room.enter(reader.id, socket.id);
  });
  afterEach(async () => {
    hub.end();
    client.close();
    await io.close();
    await group.disband();
  });

  /** Nothing of what is sent from now on leaves the process: as when the other side reads nothing. */
  const stall = () => socket.request.socket.cork();
  /** Resolves when the other side has read all of it. */
  const fill = (bytes: number): Promise<void> => {
    const messages = Math.ceil(bytes / TITLE.length);
    for (let sent = 0; sent < messages; sent += 1) socket.emit('room.changed', { ...group.room.room(), title: TITLE });
    let read = 0;
    return new Promise((resolve) => client.on('room.changed', () => (read += 1) === messages && resolve()));
  };
  const someoneComes = async (name: string) => {
    const heard = hear(group.room);
    const person = await group.join(name);
    group.room.enter(person.id, name);
    await heard.until(
      (event) => event.name === 'presence' && event.payload.here.some((one) => one.member === person.id),
    );
    return person;
  };
  const nextTick = () => new Promise<PresenceTick>((resolve) => client.once('presence', resolve));

  it('PR8 hears no more of who moves, and everything anew when it has caught up', async () => {
    const first = nextTick();
    await someoneComes('Bo');
    expect((await first).full).toBe(false);

    stall();
    const read = fill(SLOW_BACKLOG_BYTES * 1.5);
    hub.watch();
    const missed = await someoneComes('Cy');
    const caughtUp = nextTick();
    socket.request.socket.uncork();
    await read;
    hub.watch();
    await someoneComes('Di');
    const tick = await caughtUp;
    expect(tick.full).toBe(true);
    expect(tick.here.map(({ member }) => member)).toContain(missed.id);
    expect(lost).toBe(0);
  });

  it('SE25 hears a sign that passes in the same tick in which somebody moves', async () => {
    const presence = nextTick();
    const cheers = new Promise<unknown>((resolve) => client.once('cheers', resolve));
    const moving = await group.join('Bo');
    group.room.enter(moving.id, 'Bo');
    group.room.cheer(moving.id, 'heart');
    expect((await presence).here.map(({ member }) => member)).toContain(moving.id);
    expect(await cheers).toEqual([{ member: moving.id, cheer: 'heart' }]);
  });

  it('PR8 hears no signs while it is slow', async () => {
    let signs = 0;
    client.on('cheers', () => (signs += 1));
    const cheering = await someoneComes('Bo');
    stall();
    const read = fill(SLOW_BACKLOG_BYTES * 1.5);
    hub.watch();
    const heard = hear(group.room);
    group.room.cheer(cheering.id, 'heart');
    await heard.until(({ name }) => name === 'cheers');
    const caughtUp = nextTick();
    socket.request.socket.uncork();
    await read;
    hub.watch();
    expect((await caughtUp).full).toBe(true);
    expect(signs).toBe(0);
  });

  it('PR8 is closed when it cannot follow at all, and nobody else is', async () => {
    const gone = new Promise((resolve) => client.once('disconnect', resolve));
    stall();
    void fill(LOST_BACKLOG_BYTES * 1.2);
    hub.watch();
    await gone;
    expect(lost).toBe(1);
  });
});
