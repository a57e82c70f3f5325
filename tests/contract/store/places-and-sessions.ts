import { describe, expect } from 'vitest';
import type { Place } from '#shared/records/room.ts';
import { aCommit, aMember, aPlace, aSession } from './records.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksPlacesAndSessions(it: FurnishedTest): void {
  describe('places and sessions', () => {
    it('ST11 a place is kept by member and chapter', async ({ store, room, host, chapters }) => {
      const [one, two] = chapters;
      if (!one || !two) throw new Error('no chapters');
      const other = aMember();
      const moved = aPlace(one, { position: { block: 'b3', offset: 0 }, progress: 1 });
      for (const [member, row] of [
        [host.id, aPlace(one)],
        [host.id, aPlace(two, { progress: 0 })],
        [other.id, aPlace(two)],
        [host.id, moved],
      ] as const) {
        await store.commit(aCommit(room.id, member, { changes: [{ table: 'place', member, row }] }));
      }
      const mine = await store.places(room.id, host.id);
      expect(mine).toHaveLength(2);
      expect(mine).toEqual(expect.arrayContaining([moved, aPlace(two, { progress: 0 })]));
      expect(await store.places(room.id, other.id)).toEqual([aPlace(two)]);
    });

    it('ST11 up to when a member has seen a chapter never goes back', async ({ store, room, host, chapters }) => {
      const [one] = chapters;
      if (!one) throw new Error('no chapters');
      const write = (row: Place) =>
        store.commit(aCommit(room.id, host.id, { changes: [{ table: 'place', member: host.id, row }] }));
      await write(aPlace(one, { seenAt: 8 }));
      await write(aPlace(one, { seenAt: 6, progress: 0.9 }));
      expect(await store.places(room.id, host.id)).toEqual([aPlace(one, { seenAt: 8, progress: 0.9 })]);
      await write(aPlace(one, { seenAt: 9 }));
      expect(await store.places(room.id, host.id)).toEqual([aPlace(one, { seenAt: 9 })]);
    });

    it('ST12 the open session is found until it has ended, and the ended one by its id', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const session = aSession(chapter.id, host.id);
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: session }] }));
      expect(await store.openSession(room.id)).toEqual(session);
      const ended = { ...session, waiting: true, spotlight: null, hands: [], endedAt: 5 };
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: ended }] }));
      expect(await store.openSession(room.id)).toBeNull();
      expect(await store.session(room.id, session.id)).toEqual(ended);
      const next = aSession(chapter.id, host.id);
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: next }] }));
      expect(await store.openSession(room.id)).toEqual(next);
    });

    it('ST12 a room has one open session at most', async ({ store, room, host, chapter }) => {
      const session = aSession(chapter.id, host.id);
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: session }] }));
      const second = aSession(chapter.id, host.id);
      await expect(
        store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: second }] })),
      ).rejects.toBeInstanceOf(Error);
      expect(await store.openSession(room.id)).toEqual(session);
    });
  });
}
