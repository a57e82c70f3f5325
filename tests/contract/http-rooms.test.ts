import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InviteView } from '#shared/protocol/http.ts';
import type { Member } from '#shared/records/member.ts';
import type { RoomState } from '#shared/records/room.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { join, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
const visitor = () => new Visitor(server.origin);

describe('rooms and invitations', () => {
  it('HT1 making a room answers with the room, its host and three links, and sets the cookie', async () => {
    const host = visitor();
    const made = await host.ask('POST', '/api/rooms', { title: '  The   club ', name: 'Ada' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      room: { title: 'The club', locked: false },
      member: { name: 'Ada', role: 'host' },
    });
    const cookie = made.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^lectern=[A-Za-z0-9_-]{43}; /);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', `Max-Age=${400 * 86_400}`]) {
      expect(cookie).toContain(attribute);
    }
    expect(cookie).not.toContain('Secure');
  });

  it('HT2 a body that does not fit is refused as malformed, with what does not fit', async () => {
    const bodies = [
      { title: '', name: 'Ada' },
      { title: 'T' },
      { title: 'T', name: '   ' },
      { title: 'T', name: 'x'.repeat(61) },
    ];
    for (const body of bodies) {
      const refused = await visitor().ask('POST', '/api/rooms', body);
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({ ok: false, code: 'malformed' });
      expect(refused.body.message).toMatch(/title|name/);
    }
  });

  it('HT3 what is not JSON, and what is too large, is refused without a stack', async () => {
    for (const body of ['{"title":', 'null', '[]', '"x"']) {
      const refused = await visitor().ask('POST', '/api/rooms', body);
      expect(refused).toMatchObject({ status: 400, body: { ok: false, code: 'malformed' } });
      expect(JSON.stringify(refused.body)).not.toContain('at ');
    }
    const large = await visitor().ask('POST', '/api/rooms', { title: 'x'.repeat(20_000), name: 'Ada' });
    expect(large).toMatchObject({ status: 413, body: { ok: false, code: 'too-long' } });
  });

  it('HT4 an unknown address under /api is 404 in the form of every refusal', async () => {
    expect(await visitor().ask('GET', '/api/nothing')).toMatchObject({
      status: 404,
      body: { ok: false, code: 'not-found' },
    });
    expect(await visitor().ask('GET', '/api/rooms/short')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('HT5 a room is shown to its members, and nobody else learns whether it exists', async () => {
    const host = visitor();
    const { room, member } = await makeRoom(host);
    const state = await host.ask<RoomState>('GET', `/api/rooms/${room.id}`);
    expect(state.status).toBe(200);
    expect(state.body).toMatchObject({
      you: member.id,
      room: { id: room.id },
      members: [{ id: member.id }],
      books: [],
    });
    const stranger = visitor();
    const there = await stranger.ask('GET', `/api/rooms/${room.id}`);
    const notThere = await stranger.ask('GET', `/api/rooms/${'0'.repeat(20)}`);
    expect(there).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    expect(notThere.body).toEqual(there.body);
  });

  it('HT6 a link shows the room at the door and admits with its role', async () => {
    const { room, invites } = await makeRoom(visitor());
    for (const role of ['reader', 'listener', 'cohost'] as const) {
      const guest = visitor();
      const view = await guest.ask<InviteView>('GET', `/api/invites/${invites[role]}`);
      expect(view).toMatchObject({ status: 200, body: { role, room: { id: room.id, title: room.title }, book: null } });
      expect((await join(guest, invites[role], 'Grace')).role).toBe(role);
    }
  });

  it('ID1 the same browser stays the same person, whatever name it gives', async () => {
    const { room, invites } = await makeRoom(visitor());
    const guest = visitor();
    const first = await join(guest, invites.reader, 'Grace');
    const again = await join(guest, invites.cohost, 'Somebody else');
    expect(again).toEqual(first);
    const state = await guest.ask<RoomState>('GET', `/api/rooms/${room.id}`);
    expect(state.body.members).toHaveLength(2);
  });

  it('ID2 one browser may be different people in different rooms', async () => {
    const host = visitor();
    const one = await makeRoom(host, 'One', 'Ada');
    const two = await makeRoom(host, 'Two', 'Countess');
    expect((await host.ask<RoomState>('GET', `/api/rooms/${one.room.id}`)).body.you).toBe(one.member.id);
    expect((await host.ask<RoomState>('GET', `/api/rooms/${two.room.id}`)).body.you).toBe(two.member.id);
  });

  it('ID3 who somebody is survives a restart of the server', async () => {
    const dataDir = await mkdtemp(joinPath(tmpdir(), 'lectern-'));
    const first = await startTestServer({ dataDir });
    const host = new Visitor(first.origin);
    const { room, member } = await makeRoom(host);
    await first.close();
    const second = await startTestServer({ dataDir });
    const back = new Visitor(second.origin);
    back.cookie = host.cookie;
    expect((await back.ask<RoomState>('GET', `/api/rooms/${room.id}`)).body.you).toBe(member.id);
    await second.close();
    await rm(dataDir, { recursive: true });
  });

  it('HT7 rotating a link kills the old one at once', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const rotated = await host.ask<Record<string, string>>('POST', `/api/rooms/${room.id}/invites/reader/rotate`);
    expect(rotated.status).toBe(200);
    expect(rotated.body.reader).not.toBe(invites.reader);
    expect(rotated.body.listener).toBe(invites.listener);
    const late = visitor();
    const refused = await late.ask('POST', `/api/invites/${invites.reader}/accept`, { name: 'Late' });
    expect(refused).toMatchObject({ status: 410, body: { code: 'link-replaced' } });
    expect(late.cookie).toBeNull();
    expect(
      (await visitor().ask('POST', `/api/invites/${rotated.body.reader}/accept`, { name: 'In time' })).status,
    ).toBe(200);
  });

  it('HT8 links are for moderators, and the one that makes co-hosts is for the host', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const path = `/api/rooms/${room.id}/invites`;
    expect((await host.ask('GET', path)).body).toEqual(invites);
    const cohost = visitor();
    await join(cohost, invites.cohost, 'Co');
    expect((await cohost.ask('GET', path)).body).toEqual({ reader: invites.reader, listener: invites.listener });
    const reader = visitor();
    await join(reader, invites.reader, 'Reader');
    expect(await reader.ask('GET', path)).toMatchObject({ status: 403, body: { code: 'moderators-only' } });
    expect(await reader.ask('POST', `${path}/reader/rotate`)).toMatchObject({ status: 403 });
    expect(await host.ask('POST', `${path}/host/rotate`)).toMatchObject({ status: 404 });
  });

  it('HT9 two people of one name are two people', async () => {
    const { invites } = await makeRoom(visitor());
    const members: Member[] = [];
    for (const guest of [visitor(), visitor()]) members.push(await join(guest, invites.reader, 'Sam'));
    expect(members[0]?.id).not.toBe(members[1]?.id);
  });
});
