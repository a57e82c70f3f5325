import { describe, expect } from 'vitest';
import { aCommit, aMember, aRoom, aTokenHash } from './records.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksDevices(it: FurnishedTest): void {
  describe('devices', () => {
    it('ST18 a browser is found by the hash of its token, with who it is in each room', async ({
      store,
      room,
      host,
    }) => {
      const token = aTokenHash();
      const other = aRoom();
      await store.createRoom(other, host, []);
      await store.createDevice(token, 'device', 5);
      await store.touchDevice('device', 6);
      await store.bindDevice('device', room.id, host.id);
      await store.bindDevice('device', other.id, host.id);
      const device = await store.deviceByToken(token);
      expect(device).toMatchObject({ id: 'device', createdAt: 5, seenAt: 6 });
      expect(device?.members).toHaveLength(2);
      expect(device?.members).toEqual(
        expect.arrayContaining([
          { room: room.id, member: host.id },
          { room: other.id, member: host.id },
        ]),
      );
      await expect(store.createDevice(token, 'second', 7)).rejects.toBeInstanceOf(Error);
    });

    it('ST18 a browser is one member in a room, in place of whoever it was, until it is let go', async ({
      store,
      room,
      host,
    }) => {
      const member = aMember();
      await store.commit(aCommit(room.id, member.id, { changes: [{ table: 'member', row: member }] }));
      const tokens = [aTokenHash(), aTokenHash()] as const;
      await store.createDevice(tokens[0], 'one', 1);
      await store.createDevice(tokens[1], 'two', 2);
      await store.bindDevice('one', room.id, host.id);
      await store.bindDevice('one', room.id, member.id);
      await store.bindDevice('two', room.id, member.id);
      expect(await store.devicesOf(room.id, host.id)).toEqual([]);
      expect((await store.devicesOf(room.id, member.id)).map(({ id }) => id)).toEqual(['one', 'two']);
      await store.unbindDevice('one', room.id);
      expect((await store.devicesOf(room.id, member.id)).map(({ id }) => id)).toEqual(['two']);
      expect((await store.deviceByToken(tokens[0]))?.members).toEqual([]);
    });

    it('ST19 a device link is redeemed once, and not after it expired', async ({ store, room, host }) => {
      const [once, late] = [aTokenHash(), aTokenHash()];
      await store.createDeviceLink(once, room.id, host.id, 100);
      await store.createDeviceLink(late, room.id, host.id, 100);
      const both = await Promise.all([store.redeemDeviceLink(once, 99), store.redeemDeviceLink(once, 99)]);
      expect(both.filter((one) => one !== null)).toEqual([{ room: room.id, member: host.id, expiresAt: 100 }]);
      expect(await store.redeemDeviceLink(late, 100)).toBeNull();
      expect(await store.redeemDeviceLink(aTokenHash(), 1)).toBeNull();
    });
  });
}
