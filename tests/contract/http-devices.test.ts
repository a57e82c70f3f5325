import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, heard, join, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
let clockAheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.now() + clockAheadMs });
});
afterAll(() => server.close());
const visitor = () => new Visitor(server.origin);

interface Link {
  token: string;
  expiresAt: number;
}
interface Devices {
  devices: { id: string; current: boolean }[];
}

describe('one person on several browsers', () => {
  it('ID4 a device link makes another browser the same person, once', async () => {
    const laptop = visitor();
    const { room, member } = await makeRoom(laptop);
    const link = await laptop.ask<Link>('POST', `/api/rooms/${room.id}/devices/link`);
    expect(link.status).toBe(201);
    const phone = visitor();
    const redeemed = await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
    expect(redeemed).toMatchObject({ status: 200, body: { room: { id: room.id }, member: { id: member.id } } });
    const thief = visitor();
    const again = await thief.ask('POST', '/api/devices/redeem', { token: link.body.token });
    expect(again).toMatchObject({ status: 410, body: { code: 'link-used' } });
    expect(thief.cookie).toBeNull();
  });

  it('ID5 a device link ends after 15 minutes', async () => {
    const laptop = visitor();
    const { room } = await makeRoom(laptop);
    const link = await laptop.ask<Link>('POST', `/api/rooms/${room.id}/devices/link`);
    clockAheadMs += 15 * 60_000 + 1;
    const late = await visitor().ask('POST', '/api/devices/redeem', { token: link.body.token });
    expect(late).toMatchObject({ status: 410, body: { code: 'link-used' } });
  });

  it('ID6 a browser can be signed out from another, and is nobody from then on', async () => {
    const laptop = visitor();
    const { room } = await makeRoom(laptop);
    const link = await laptop.ask<Link>('POST', `/api/rooms/${room.id}/devices/link`);
    const phone = visitor();
    await phone.ask('POST', '/api/devices/redeem', { token: link.body.token });
    const { devices } = (await laptop.ask<Devices>('GET', `/api/rooms/${room.id}/devices`)).body;
    expect(devices.filter((device) => device.current)).toHaveLength(1);
    expect(devices).toHaveLength(2);
    const lost = devices.find((device) => !device.current);
    expect(await laptop.ask('DELETE', `/api/rooms/${room.id}/devices/${lost?.id}`)).toMatchObject({ status: 200 });
    expect(await phone.ask('GET', `/api/rooms/${room.id}`)).toMatchObject({
      status: 401,
      body: { code: 'signed-out' },
    });
    expect((await laptop.ask('GET', `/api/rooms/${room.id}`)).status).toBe(200);
  });

  it('ID7 nobody signs out the browser of somebody else', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const reader = visitor();
    await join(reader, invites.reader, 'Grace');
    const [own] = (await host.ask<Devices>('GET', `/api/rooms/${room.id}/devices`)).body.devices;
    const refused = await reader.ask('DELETE', `/api/rooms/${room.id}/devices/${own?.id}`);
    expect(refused).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await host.ask('GET', `/api/rooms/${room.id}`)).status).toBe(200);
  });

  it('ID8 who was removed is kept out on the same browser, by every door', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const guest = visitor();
    const member = await join(guest, invites.reader, 'Trouble');
    const link = await guest.ask<Link>('POST', `/api/rooms/${room.id}/devices/link`);
    const sockets = await host.enter(room.id);
    expect(await command(sockets, { kind: 'member.remove', member: member.id })).toMatchObject({ ok: true });
    const refused = { status: 403, body: { code: 'removed' } };
    expect(await guest.ask('GET', `/api/rooms/${room.id}`)).toMatchObject(refused);
    expect(await guest.ask('POST', `/api/invites/${invites.reader}/accept`, { name: 'New name' })).toMatchObject(
      refused,
    );
    expect(await visitor().ask('POST', '/api/devices/redeem', { token: link.body.token })).toMatchObject(refused);
    const again = guest.events(room.id);
    const error = new Promise<Error>((resolve) => again.once('connect_error', resolve));
    again.connect();
    expect((await error).message).toBe('removed');
    host.leave();
  });

  it('ID9 a browser that becomes somebody else in a room loses the sockets of who it was', async () => {
    const host = visitor();
    const { room, invites } = await makeRoom(host);
    const link = await host.ask<Link>('POST', `/api/rooms/${room.id}/devices/link`);
    const other = visitor();
    await join(other, invites.reader, 'For now');
    const socket = await other.enter(room.id);
    const goodbye = heard(socket, 'goodbye');
    expect((await other.ask('POST', '/api/devices/redeem', { token: link.body.token })).status).toBe(200);
    const answer = command(socket, { kind: 'session.end' });
    expect(await Promise.race([goodbye, answer])).toEqual({ code: 'signed-out' });
  });

  it('ID10 the cookie lives on as long as the browser comes back', async () => {
    const host = visitor();
    const { room } = await makeRoom(host);
    expect((await host.ask('GET', `/api/rooms/${room.id}`)).headers.get('set-cookie')).toBeNull();
    clockAheadMs += 2 * 86_400_000;
    const renewed = await host.ask('GET', `/api/rooms/${room.id}`);
    expect(renewed.headers.get('set-cookie')).toContain(host.cookie);
  });
});
