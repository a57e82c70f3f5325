import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '#shared/protocol/command.ts';
import { newId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { padAddress } from '#tests/support/pad-writer.ts';
import { type GuardedRoom, guardedRoom } from '#tests/support/guarded-room.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { TappedStore } from '#tests/support/tapped-store.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, command, type EventSocket, heard, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
let room: GuardedRoom;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  room = await guardedRoom(server);
});
afterEach(() => {
  vi.restoreAllMocks();
  room.leave();
});

const syncPath = () => `/sync/${room.made.room.id}/margin/${room.chapter}`;
const gone = (socket: EventSocket): Promise<string> => new Promise((resolve) => socket.once('disconnect', resolve));
/** What becomes of who should be out by now: the reason of their end, or the answer that they still get. */
const endOrAnswer = (end: Promise<string>, socket: EventSocket): Promise<string> =>
  Promise.race([end, command(socket, room.note('too late')).then((ack) => `still answered: ${JSON.stringify(ack)}`)]);
const codeOf = async (ack: ReturnType<typeof command>) => {
  const answer = await ack;
  return answer.ok ? 'ok' : answer.code;
};

/** What the member would have sent by now, under way on the same socket right behind what the host does. */
const behind = async (socket: EventSocket, act: Record<string, unknown>, theirs: Record<string, unknown>) => {
  expect(await command(room.ofHost, act)).toMatchObject({ ok: true });
  return codeOf(command(socket, theirs));
};

describe('what a host does, for sockets that are open', () => {
  it('GD30 a lock counts for the next command of everybody but host and co-hosts, and is lifted as soon', async () => {
    const socket = await room.hostile.enter(room.made.room.id);
    expect(await behind(socket, { kind: 'room.lock', locked: true }, room.note('x'))).toBe('room-locked');
    expect(await codeOf(command(room.ofHost, room.note('of the host')))).toBe('ok');
    expect(await behind(socket, { kind: 'room.lock', locked: false }, room.note('x'))).toBe('ok');
  });

  it('GD31 a mute counts for the next word that others would see, on every tab, and leaves what only they see', async () => {
    const { id: member } = room.hostileMember;
    const tabs = [await room.hostile.enter(room.made.room.id), await room.hostile.enter(room.made.room.id)] as const;
    expect(await behind(tabs[0], { kind: 'member.mute', member, muted: true }, room.note('x'))).toBe('muted');
    expect(await codeOf(command(tabs[1], room.note('x')))).toBe('muted');
    expect(await codeOf(command(tabs[1], room.note('x', { visibility: 'private' })))).toBe('ok');
    expect(await room.bodies()).toEqual([]);
  });

  it('GD32 a role that goes takes the lectern along: what its holder sends next moves nobody', async () => {
    const { id: member } = room.hostileMember;
    const place = { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } };
    expect(await codeOf(command(room.ofHost, { kind: 'member.role', member, role: 'cohost' }))).toBe('ok');
    const socket = await room.hostile.enter(room.made.room.id);
    expect(await codeOf(command(socket, { kind: 'session.start', chapter: room.chapter, place }))).toBe('ok');
    const moved: unknown[] = [];
    room.ofHost.on('session.place', (moving) => moved.push(moving));
    expect(await behind(socket, { kind: 'member.role', member, role: 'reader' }, { kind: 'session.summon' })).toBe(
      'not-at-lectern',
    );
    socket.emit('session.place', { chapter: room.chapter, place });
    expect(await codeOf(command(socket, { kind: 'session.spotlight', passage: place }))).toBe('not-at-lectern');
    // What passes in a tick goes out together, and what came first is in the same one or in one before.
    const tick = heard(room.ofHost, 'presence');
    const here = { chapter: room.chapter, position: null, progress: 0, writingIn: null, following: false };
    room.ofHost.emit('whereabouts', here);
    await tick;
    expect(await codeOf(command(room.ofHost, { kind: 'session.take' }))).toBe('ok');
    const now = { start: { block: 'b2', offset: 0 }, end: { block: 'b2', offset: 3 } };
    const heardByOthers = new Promise<unknown>((resolve) => socket.once('session.place', resolve));
    room.ofHost.emit('session.place', { chapter: room.chapter, place: now });
    await heardByOthers;
    expect(moved).toEqual([]);
  });

  it('GD33 who is removed loses both kinds of socket, and what was on its way is not carried out', async () => {
    const { id: member } = room.hostileMember;
    const socket = await room.hostile.enter(room.made.room.id);
    const reader = room.hostile.sync(syncPath());
    await new Promise((resolve) => reader.once('open', resolve));
    const [end, closing] = [gone(socket), closed(reader)];
    expect(await codeOf(command(room.ofHost, { kind: 'member.remove', member }))).toBe('ok');
    expect(await endOrAnswer(end, socket)).toBe('io server disconnect');
    expect(await Promise.race([closing, stillAnswers(reader)])).toBe(4403);
    expect(await room.bodies()).toEqual([]);
    expect((await room.hostile.ask('GET', `/api/rooms/${room.made.room.id}`)).body.code).toBe('removed');
    // And is let in again as soon as a host says so.
    expect(await codeOf(command(room.ofHost, { kind: 'member.readmit', member }))).toBe('ok');
    const again = await room.hostile.enter(room.made.room.id);
    expect(await codeOf(command(again, room.note('back')))).toBe('ok');
  });

  it('GD33 what a removed member sent while the removal was being written is not carried out', async () => {
    const store = new TappedStore();
    const slow = await startTestServer({ openStore: store.open });
    const club = await guardedRoom(slow);
    const live = await slow.services.rooms.open(club.made.room.id);
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    store.before = (method) => {
      if (method !== 'commit') return undefined;
      reached.resolve();
      return held.promise;
    };
    const say = (by: Member, fields: object) => live?.submit(by.id, { id: newId(), ...fields } as Command);
    const first = say(club.made.member, club.note('of the host'));
    await reached.promise;
    const removal = say(club.made.member, { kind: 'member.remove', member: club.hostileMember.id });
    const late = say(club.hostileMember, club.note('too late'));
    held.resolve();
    expect([await first, await removal]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await late).toMatchObject({ ok: false, code: 'removed' });
    expect(await club.bodies()).toEqual(['of the host']);
    club.leave();
    await slow.close();
  });

  it('GD34 a link that is replaced admits nobody from then on; who came in by it stays', async () => {
    const { id } = room.made.room;
    const socket = await room.hostile.enter(id);
    const late = new Visitor(server.origin);
    await room.host.ask('POST', `/api/rooms/${id}/invites/reader/rotate`);
    const refused = await late.ask('POST', `/api/invites/${room.made.invites.reader}/accept`, { name: 'Late' });
    expect(refused.body.code).toBe('link-replaced');
    expect(await codeOf(command(socket, room.note('still here')))).toBe('ok');
  });
});

/** Another browser of the same member, and how the first signs it out. */
async function withPhone(): Promise<{ phone: Visitor; signOut: () => Promise<unknown> }> {
  const { id } = room.made.room;
  const link = await room.hostile.ask<{ token: string }>('POST', `/api/rooms/${id}/devices/link`);
  const phone = new Visitor(server.origin);
  await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
  const { body } = await room.hostile.ask<{ devices: { id: string; current: boolean }[] }>(
    'GET',
    `/api/rooms/${id}/devices`,
  );
  const device = body.devices.find((one) => !one.current)?.id;
  return { phone, signOut: () => room.hostile.ask('DELETE', `/api/rooms/${id}/devices/${device}`) };
}

describe('a browser that is signed out', () => {
  it('GD35 loses both kinds of socket at once, and what it sends next is carried out for nobody', async () => {
    const { phone, signOut } = await withPhone();
    const socket = await phone.enter(room.made.room.id);
    const reader = phone.sync(syncPath());
    await new Promise((resolve) => reader.once('open', resolve));
    const [goodbye, end, closing] = [heard(socket, 'goodbye'), gone(socket), closed(reader)];
    await signOut();
    expect(await endOrAnswer(end, socket)).toBe('io server disconnect');
    expect(await goodbye).toEqual({ code: 'signed-out' });
    expect(await Promise.race([closing, stillAnswers(reader)])).toBe(4401);
    expect(await room.bodies()).toEqual([]);
    phone.leave();
  });

  it('GD36 while it is being let in does not get in, by any kind of socket', async () => {
    const { phone, signOut } = await withPhone();
    const { identity } = server.services;
    const ask = identity.deviceFromCookie.bind(identity);
    // The moment between who it was and its being let in, held open for as long as signing out takes.
    const asked = vi.spyOn(identity, 'deviceFromCookie');
    asked.mockImplementation(async (header) => {
      const device = await ask(header);
      if (header === phone.cookie && device?.members.length === 1) await signOut();
      return device;
    });
    const socket = phone.events(room.made.room.id);
    const ended = new Promise<string>((resolve) => {
      socket.once('room.state', () => resolve('came in'));
      socket.once('disconnect', resolve);
      socket.once('connect_error', (error) => resolve(error.message));
    });
    socket.connect();
    expect(['transport close', 'signed-out']).toContain(await ended);
    phone.leave();

    for (const path of [syncPath(), padAddress(room.made.room.id, room.book.id, 7)]) {
      const other = await withPhone();
      asked.mockImplementation(async (header) => {
        const device = await ask(header);
        if (header === other.phone.cookie && device?.members.length === 1) await other.signOut();
        return device;
      });
      const late = other.phone.sync(path);
      expect(await Promise.race([closed(late), stillAnswers(late)])).toBe(4401);
      other.phone.leave();
    }
  });
});

describe('a command id', () => {
  it('GD40 sent from two tabs at once is one record with one answer', async () => {
    const { id } = room.made.room;
    const tabs = [await room.hostile.enter(id), await room.hostile.enter(id)];
    const same = { id: newId(), ...room.note('once') };
    const [first, ...others] = await Promise.all([...tabs, ...tabs].map((tab) => command(tab, same)));
    expect(first).toMatchObject({ ok: true });
    for (const other of others) expect(other).toEqual(first);
    expect(await room.bodies()).toEqual(['once']);
  });

  it('GD41 sent from two tabs at once with other content is the first of them, and the other is refused', async () => {
    const { id } = room.made.room;
    const tabs = [await room.hostile.enter(id), await room.hostile.enter(id)];
    const shared = newId();
    const codes = await Promise.all(
      tabs.map((tab, index) => codeOf(command(tab, { id: shared, ...room.note(`tab ${index}`) }))),
    );
    expect(codes.toSorted()).toEqual(['id-taken', 'ok']);
    expect(await room.bodies()).toEqual([`tab ${codes.indexOf('ok')}`]);
  });

  it('GD42 that another member used says nothing of theirs and takes nothing from them', async () => {
    const socket = await room.hostile.enter(room.made.room.id);
    const shared = newId();
    const [mine, theirs] = await Promise.all([
      codeOf(command(room.ofHost, { id: shared, ...room.note('of the host') })),
      codeOf(command(socket, { id: shared, ...room.note('of the reader') })),
    ]);
    expect([mine, theirs]).toEqual(['ok', 'ok']);
    expect((await room.bodies()).toSorted()).toEqual(['of the host', 'of the reader']);
  });

  it('GD43 that was refused may be sent again, and is decided anew', async () => {
    const socket = await room.hostile.enter(room.made.room.id);
    const same = { id: newId(), ...room.note('later') };
    expect(await behind(socket, { kind: 'room.lock', locked: true }, same)).toBe('room-locked');
    expect(await behind(socket, { kind: 'room.lock', locked: false }, same)).toBe('ok');
    expect(await room.bodies()).toEqual(['later']);
  });
});

describe('a book that is taken off the shelf', () => {
  it('GD44 closes the documents of its chapters, which are found no more', async () => {
    const reader = room.hostile.sync(syncPath());
    await new Promise((resolve) => reader.once('open', resolve));
    const closing = closed(reader);
    expect(await codeOf(command(room.ofHost, { kind: 'book.remove', book: room.book.id }))).toBe('ok');
    expect(await Promise.race([closing, stillAnswers(reader)])).toBe(4404);
    expect(await closed(room.hostile.sync(syncPath()))).toBe(4404);
    const socket = await room.hostile.enter(room.made.room.id);
    expect(await codeOf(command(socket, room.note('too late')))).toBe('not-found');
  });
});
