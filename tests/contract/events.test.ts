import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOCKET_MESSAGE_MAX_BYTES } from '#shared/protocol/limits.ts';
import { newId } from '#shared/records/ids.ts';
import type { Book } from '#shared/records/book.ts';
import type { Member } from '#shared/records/member.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, heard, join, makeRoom, Visitor } from '#tests/support/visitor.ts';
import type { EventSocket, MadeRoom } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

let server: TestServer;
let host: Visitor;
let made: MadeRoom;
const visitor = visitors(() => server);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  made = await makeRoom(host);
});

async function guest(
  role: 'reader' | 'listener' | 'cohost',
  name: string,
): Promise<{ guest: Visitor; member: Member }> {
  const one = visitor();
  return { guest: one, member: await join(one, made.invites[role], name) };
}

const refusedWith = (socket: EventSocket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('connect_error', (error) => resolve(error.message));
    socket.once('connect', () => resolve('connected'));
    socket.connect();
  });

const gone = (socket: EventSocket): Promise<string> => new Promise((resolve) => socket.once('disconnect', resolve));
/** How a socket ended that should be closed by now, or that it is still answered. */
const endOrAnswer = (end: Promise<string>, socket: Socket): Promise<string> =>
  Promise.race([end, command(socket as unknown as EventSocket, {}).then(() => 'still answered')]);
const bring = (): Promise<Book> =>
  putBook(server, made.room.id, made.member.id, ['One line of words.', 'Another line of words.']);
const noteOn = (book: Book) => ({
  kind: 'annotation.create',
  annotation: newId(),
  chapter: book.chapters[0]?.id,
  passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
  colour: 'saffron',
  body: 'a note',
  visibility: 'room',
});

describe('the handshake', () => {
  it('EV1 a member is sent the state of the room and everybody who is here', async () => {
    const socket = host.events(made.room.id);
    const [state, presence] = [heard(socket, 'room.state'), heard(socket, 'presence')];
    socket.connect();
    expect(await state).toMatchObject({ room: { id: made.room.id }, you: made.member.id });
    expect(await presence).toMatchObject({ full: true, left: [] });
  });

  it('EV2 without a valid cookie, or with that of another room, nobody comes in', async () => {
    expect(await refusedWith(visitor().events(made.room.id))).toBe('signed-out');
    const forged = visitor();
    forged.cookie = `lectern=${'A'.repeat(43)}`;
    expect(await refusedWith(forged.events(made.room.id))).toBe('signed-out');
    const elsewhere = visitor();
    await makeRoom(elsewhere);
    expect(await refusedWith(elsewhere.events(made.room.id))).toBe('signed-out');
  });

  it('EV3 an old page is told so, and a handshake that says nothing is malformed', async () => {
    expect(await refusedWith(host.events(made.room.id, { room: made.room.id, protocol: 0 }))).toBe('outdated');
    expect(await refusedWith(host.events(made.room.id, {}))).toBe('malformed');
    expect(await refusedWith(host.events(made.room.id, { room: { $ne: null }, protocol: 1 }))).toBe('malformed');
  });

  it('EV4 long polling is not served', async () => {
    const answer = await host.ask('GET', '/socket.io/?EIO=4&transport=polling');
    expect(answer.status).toBe(404);
  });
});

describe('commands', () => {
  it('EV5 a command is acknowledged with the number of its commit, and everybody hears of it', async () => {
    const { guest: reader, member } = await guest('reader', 'Grace');
    const [ofHost, ofReader] = [await host.enter(made.room.id), await reader.enter(made.room.id)];
    const change = heard(ofHost, 'member.changed');
    const ack = await command(ofReader, { kind: 'self.describe', name: 'Amazing Grace', initials: 'AG', ink: 'moss' });
    expect(ack).toMatchObject({ ok: true, seq: expect.any(Number) });
    expect(await change).toMatchObject({ id: member.id, name: 'Amazing Grace', ink: 'moss' });
  });

  it('EV6 the same command twice is one record and one answer, and its id with other content is refused', async () => {
    const socket = await host.enter(made.room.id);
    const book = await bring();
    const id = newId();
    const note = { id, ...noteOn(book) };
    const first = await command(socket, note);
    expect(first).toMatchObject({ ok: true });
    expect(await command(socket, note)).toEqual(first);
    expect(await command(socket, { ...note, body: 'other words' })).toMatchObject({ ok: false, code: 'id-taken' });
    const margin = await host.ask<{ annotations: unknown[] }>(
      'GET',
      `/api/rooms/${made.room.id}/chapters/${book.chapters[0]?.id}/margin`,
    );
    expect(margin.body.annotations).toHaveLength(1);
  });

  it('EV7 a listener writes nothing', async () => {
    const book = await bring();
    const { guest: listener } = await guest('listener', 'Li');
    const socket = await listener.enter(made.room.id);
    expect(await command(socket, noteOn(book))).toMatchObject({ ok: false, code: 'listeners-cannot-write' });
  });

  it('EV8 a role counts as it is now, not as it was when the socket came', async () => {
    const book = await bring();
    const { guest: reader, member } = await guest('reader', 'Grace');
    const [ofHost, ofReader] = [await host.enter(made.room.id), await reader.enter(made.room.id)];
    expect(await command(ofReader, noteOn(book))).toMatchObject({ ok: true });
    expect(await command(ofHost, { kind: 'member.role', member: member.id, role: 'listener' })).toMatchObject({
      ok: true,
    });
    expect(await command(ofReader, noteOn(book))).toMatchObject({ ok: false, code: 'listeners-cannot-write' });
    expect(await command(ofHost, { kind: 'member.role', member: member.id, role: 'reader' })).toMatchObject({
      ok: true,
    });
    expect(await command(ofHost, { kind: 'member.mute', member: member.id, muted: true })).toMatchObject({ ok: true });
    expect(await command(ofReader, noteOn(book))).toMatchObject({ ok: false, code: 'muted' });
  });

  it('EV9 nobody changes what somebody else wrote, whatever the command claims', async () => {
    const book = await bring();
    const { guest: reader } = await guest('reader', 'Grace');
    const [ofHost, ofReader] = [await host.enter(made.room.id), await reader.enter(made.room.id)];
    const note = noteOn(book);
    await command(ofHost, note);
    const edit = {
      kind: 'annotation.edit',
      annotation: note.annotation,
      body: 'mine now',
      colour: 'clay',
      author: made.member.id,
    };
    expect(await command(ofReader, edit)).toMatchObject({ ok: false, code: 'not-yours' });
    const remove = { kind: 'annotation.delete', annotation: note.annotation };
    expect(await command(ofReader, remove)).toMatchObject({ ok: false, code: 'not-yours' });
    const forged = { ...noteOn(book), author: made.member.id };
    await command(ofReader, forged);
    const margin = await host.ask<{ annotations: { id: string; author: string }[] }>(
      'GET',
      `/api/rooms/${made.room.id}/chapters/${book.chapters[0]?.id}/margin`,
    );
    expect(margin.body.annotations.find((one) => one.id === forged.annotation)?.author).not.toBe(made.member.id);
  });

  it('EV10 a command that cannot be understood is refused, and the socket goes on', async () => {
    const socket = await host.enter(made.room.id);
    for (const garbage of [
      {},
      { kind: 'room.explode' },
      { kind: 'room.lock', locked: 'yes' },
      { id: 'short', kind: 'session.end' },
    ]) {
      expect(await command(socket, garbage)).toMatchObject({ ok: false, code: 'malformed' });
    }
    expect(await command(socket, { kind: 'room.lock', locked: true })).toMatchObject({ ok: true });
  });

  it('EV11 a socket that sends nothing but garbage is closed, and the room goes on', async () => {
    const { guest: reader } = await guest('reader', 'Grace');
    const hostile = (await reader.enter(made.room.id)) as unknown as Socket;
    const ofHost = await host.enter(made.room.id);
    const end = gone(hostile);
    for (let frame = 0; frame < 30; frame += 1) hostile.emit('whereabouts', { nonsense: frame });
    expect(await endOrAnswer(end, hostile)).not.toBe('still answered');
    expect(await command(ofHost, { kind: 'room.lock', locked: true })).toMatchObject({ ok: true });
  });

  it('EV12 a giant frame closes its socket, and the room goes on', async () => {
    const { guest: reader } = await guest('reader', 'Grace');
    const hostile = (await reader.enter(made.room.id)) as unknown as Socket;
    const ofHost = await host.enter(made.room.id);
    const end = gone(hostile);
    hostile.emit('command', { body: 'x'.repeat(SOCKET_MESSAGE_MAX_BYTES) });
    expect(await endOrAnswer(end, hostile)).not.toBe('still answered');
    expect(await command(ofHost, { kind: 'room.lock', locked: true })).toMatchObject({ ok: true });
  });

  it('EV13 unknown events and a command without an ack are counted and change nothing', async () => {
    const hostile = (await host.enter(made.room.id)) as unknown as Socket;
    const end = gone(hostile);
    for (let frame = 0; frame < 10; frame += 1) {
      hostile.emit('room.state', { forged: true });
      hostile.emit('command', { id: newId(), kind: 'room.lock', locked: true });
    }
    expect(await endOrAnswer(end, hostile)).not.toBe('still answered');
    expect((await host.ask<{ room: { locked: boolean } }>('GET', `/api/rooms/${made.room.id}`)).body.room.locked).toBe(
      false,
    );
  });

  it('EV14 too many commands to one room are refused as too fast', async () => {
    const narrow = await startTestServer({ rates: { roomCommands: { burst: 2, perSecond: 0.1 } } });
    const one = new Visitor(narrow.origin);
    const { room } = await makeRoom(one);
    const socket = await one.enter(room.id);
    const acks = [];
    for (let sent = 0; sent < 3; sent += 1)
      acks.push(await command(socket, { kind: 'room.lock', locked: sent % 2 === 0 }));
    expect(acks.map((ack) => ack.ok)).toEqual([true, true, false]);
    expect(acks[2]).toMatchObject({ code: 'too-fast' });
    one.leave();
    await narrow.close();
  });
});

describe('being put out', () => {
  it('EV15 a removed member hears why and loses every socket at once', async () => {
    const { guest: reader, member } = await guest('reader', 'Trouble');
    const ofHost = await host.enter(made.room.id);
    const tabs = [await reader.enter(made.room.id), await reader.enter(made.room.id)];
    const goodbyes = tabs.map((tab) => heard(tab, 'goodbye'));
    const ends = tabs.map((tab) => gone(tab));
    expect(await command(ofHost, { kind: 'member.remove', member: member.id })).toMatchObject({ ok: true });
    expect(await Promise.all(goodbyes)).toEqual([{ code: 'removed' }, { code: 'removed' }]);
    expect(await Promise.all(ends)).toEqual(['io server disconnect', 'io server disconnect']);
  });

  it('EV16 signing a browser out closes its sockets and leaves those of the other', async () => {
    const link = await host.ask<{ token: string }>('POST', `/api/rooms/${made.room.id}/devices/link`);
    const phone = visitor();
    await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
    const [ofLaptop, ofPhone] = [await host.enter(made.room.id), await phone.enter(made.room.id)];
    const goodbye = heard(ofPhone, 'goodbye');
    const { body } = await host.ask<{ devices: { id: string; current: boolean }[] }>(
      'GET',
      `/api/rooms/${made.room.id}/devices`,
    );
    await host.ask('DELETE', `/api/rooms/${made.room.id}/devices/${body.devices.find((one) => !one.current)?.id}`);
    expect(await goodbye).toEqual({ code: 'signed-out' });
    expect(await command(ofLaptop, { kind: 'room.lock', locked: true })).toMatchObject({ ok: true });
  });

  it('EV17 when the server stops, sockets hear that it is coming back and are free to return', async () => {
    const stopping = await startTestServer();
    const one = new Visitor(stopping.origin);
    const { room } = await makeRoom(one);
    const socket = await one.enter(room.id);
    const [goodbye, end] = [heard(socket, 'goodbye'), gone(socket)];
    await stopping.close();
    expect(await goodbye).toEqual({ code: 'restarting' });
    expect(await end).toBe('transport close');
  });
});

describe('being together', () => {
  it('EV18 others see who comes, where they are, and that they left', async () => {
    const book = await bring();
    const { guest: reader, member } = await guest('reader', 'Grace');
    const ofHost = await host.enter(made.room.id);
    const seen = (wanted: (tick: { here: { member: string; progress: number }[]; left: string[] }) => boolean) =>
      new Promise<void>((resolve) => {
        ofHost.on('presence', (tick) => wanted(tick) && resolve());
      });
    const moved = seen((tick) => tick.here.some((one) => one.member === member.id && one.progress === 0.5));
    const left = seen((tick) => tick.left.includes(member.id));
    const ofReader = await reader.enter(made.room.id);
    const chapter = book.chapters[0]?.id;
    (ofReader as unknown as Socket).emit('whereabouts', {
      chapter,
      position: { block: 'b1', offset: 0 },
      progress: 0.5,
      writingIn: null,
      following: false,
    });
    await expect(moved).resolves.toBeUndefined();
    reader.leave();
    await expect(left).resolves.toBeUndefined();
  });

  it('EV19 a socket is not heard for anybody but its own member', async () => {
    const other = io(server.origin, {
      transports: ['websocket'],
      reconnection: false,
      auth: { room: made.room.id, protocol: 1, member: made.member.id },
    });
    const refused = await new Promise<string>((resolve) =>
      other.once('connect_error', (error) => resolve(error.message)),
    );
    expect(refused).toBe('signed-out');
    other.close();
  });
});
