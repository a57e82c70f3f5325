import { describe, expect } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, ChapterId, CommandId, ReplyId, RoomId, SessionId } from '#shared/records/ids.ts';
import { aCommit, aMember, aRoom, aTokenHash, anInvite } from './records.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksRooms(it: FurnishedTest): void {
  describe('rooms', () => {
    it('ST1 a room comes back as it was made, with its host and invitations', async ({ store, host }) => {
      const other = aRoom({ locked: true });
      const invites = (['cohost', 'listener', 'reader'] as const).map((role) => anInvite({ role }));
      await store.createRoom(other, host, invites);
      expect(await store.room(other.id)).toEqual(other);
      expect(await store.members(other.id)).toEqual([host]);
      expect(await store.invites(other.id)).toEqual(invites);
      await store.ping();
    });

    it('ST1 what is not there is null or an empty list', async ({ store, room, host }) => {
      const nowhere = newId<RoomId>();
      expect(await store.room(nowhere)).toBeNull();
      expect(await store.members(nowhere)).toEqual([]);
      expect(await store.invites(nowhere)).toEqual([]);
      expect(await store.inviteByToken('__proto__')).toBeNull();
      expect(await store.books(nowhere)).toEqual([]);
      expect(await store.chapter(room.id, newId<ChapterId>())).toBeNull();
      expect(await store.margin(room.id, newId<ChapterId>())).toEqual({
        annotations: [],
        replies: [],
        reactions: [],
      });
      expect(await store.chapterOfAnnotation(room.id, newId<AnnotationId>())).toBeNull();
      expect(await store.chapterOfReply(room.id, newId<ReplyId>())).toBeNull();
      expect(await store.marginCounts(room.id)).toEqual([]);
      expect(await store.places(room.id, host.id)).toEqual([]);
      expect(await store.openSession(room.id)).toBeNull();
      expect(await store.session(room.id, newId<SessionId>())).toBeNull();
      expect(await store.document('margin:nothing')).toBeNull();
      expect(await store.committedCommand(room.id, host.id, newId<CommandId>())).toBeNull();
      expect(await store.deviceByToken(aTokenHash())).toBeNull();
      expect(await store.devicesOf(room.id, host.id)).toEqual([]);
    });

    it('ST1 a room that exists is not made again, and the attempt leaves nothing', async ({ store, room, host }) => {
      await expect(store.createRoom({ ...room, title: 'other' }, aMember(), [])).rejects.toBeInstanceOf(Error);
      expect(await store.room(room.id)).toEqual(room);
      expect(await store.members(room.id)).toEqual([host]);
    });

    it('ST2 a change of the room, a member or an invitation replaces the row', async ({ store, room, host }) => {
      const changed = { ...room, title: 'new', locked: true };
      const removed = { ...host, name: 'Ada', muted: true, removed: true };
      const invite = anInvite();
      const [old] = await store.invites(room.id);
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'room', row: changed },
            { table: 'member', row: removed },
            { table: 'invite', row: invite },
          ],
        }),
      );
      expect(await store.room(room.id)).toEqual(changed);
      expect(await store.members(room.id)).toEqual([removed]);
      expect(await store.invites(room.id)).toEqual([invite]);
      expect(await store.inviteByToken(invite.token)).toEqual({ room: room.id, role: 'reader' });
      expect(await store.inviteByToken(old?.token ?? '')).toBeNull();
    });

    it('ST3 members come by time of joining, and by arrival where the time is one', async ({ store, room, host }) => {
      const late = aMember({ joinedAt: host.joinedAt + 2 });
      const twins = [aMember({ joinedAt: host.joinedAt + 1 }), aMember({ joinedAt: host.joinedAt + 1 })] as const;
      for (const row of [late, ...twins]) {
        await store.commit(aCommit(room.id, row.id, { changes: [{ table: 'member', row }] }));
      }
      const renamed = { ...twins[0], name: 'renamed' };
      await store.commit(aCommit(room.id, renamed.id, { changes: [{ table: 'member', row: renamed }] }));
      expect(await store.members(room.id)).toEqual([host, renamed, twins[1], late]);
    });
  });
}
