import type { Kysely } from 'kysely';
import type { Device, Store } from '../store.ts';
import type { Tables } from './tables.ts';

type DeviceQueries = Pick<
  Store,
  | 'deviceByToken'
  | 'createDevice'
  | 'touchDevice'
  | 'bindDevice'
  | 'unbindDevice'
  | 'devicesOf'
  | 'createDeviceLink'
  | 'redeemDeviceLink'
>;

/** Everything of the store about browsers and who they are. */
export function deviceQueries(db: Kysely<Tables>): DeviceQueries {
  async function withMembers(row: { id: string; created_at: number; seen_at: number }): Promise<Device> {
    const members = await db
      .selectFrom('device_members')
      .select(['room', 'member'])
      .where('device', '=', row.id)
      .orderBy('room')
      .execute();
    return {
      id: row.id,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      members: members.map(({ room, member }) => ({ room, member })),
    };
  }

  return {
    async deviceByToken(token) {
      const row = await db.selectFrom('devices').selectAll().where('token_hash', '=', token).executeTakeFirst();
      return row ? withMembers(row) : null;
    },

    async createDevice(token, id, at) {
      await db.insertInto('devices').values({ id, token_hash: token, created_at: at, seen_at: at }).execute();
    },

    async touchDevice(id, at) {
      await db.updateTable('devices').set({ seen_at: at }).where('id', '=', id).execute();
    },

    async bindDevice(id, room, member) {
      await db
        .insertInto('device_members')
        .values({ device: id, room, member })
        .onConflict((conflict) => conflict.columns(['device', 'room']).doUpdateSet({ member }))
        .execute();
    },

    async unbindDevice(id, room) {
      await db.deleteFrom('device_members').where('device', '=', id).where('room', '=', room).execute();
    },

    async devicesOf(room, member) {
      const rows = await db
        .selectFrom('device_members')
        .innerJoin('devices', 'devices.id', 'device_members.device')
        .select(['devices.id', 'devices.created_at', 'devices.seen_at'])
        .where('device_members.room', '=', room)
        .where('device_members.member', '=', member)
        .orderBy('devices.created_at')
        .orderBy('devices.id')
        .execute();
      return Promise.all(rows.map(withMembers));
    },

    async createDeviceLink(token, room, member, expiresAt) {
      await db.insertInto('device_links').values({ token_hash: token, room, member, expires_at: expiresAt }).execute();
    },

    async redeemDeviceLink(token, now) {
      // Deleting is redeeming: of two that come at once, one finds the row.
      const row = await db
        .deleteFrom('device_links')
        .where('token_hash', '=', token)
        .where('expires_at', '>', now)
        .returning(['room', 'member', 'expires_at'])
        .executeTakeFirst();
      return row ? { room: row.room, member: row.member, expiresAt: row.expires_at } : null;
    },
  };
}
