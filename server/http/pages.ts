import { canModerate } from '#shared/records/roles.ts';
import { tokenSchema } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import type { PageServices } from '#server/page-services.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';
import type { ApiServices } from './context.ts';
import { memberOfDevice } from '#server/doors/identity.ts';
import { findInvite, inviteView } from './invite-view.ts';
import { invitesVisibleTo } from './room-routes.ts';

/** The pages' view of the running server. It asks anew each time, as the API does. */
export function createPageServices({ store, rooms, identity }: ApiServices): PageServices {
  const enter = async (roomId: RoomId, memberId: MemberId): Promise<{ ok: true; room: LiveRoom } | Refusal> => {
    const room = await rooms.open(roomId);
    const member = room?.member(memberId);
    if (!room || !member) return refuse('signed-out');
    return member.removed ? refuse('removed') : { ok: true, room };
  };

  return {
    async memberFromCookie(cookieHeader, room) {
      const device = await identity.deviceFromCookie(cookieHeader);
      return device && memberOfDevice(device, room);
    },
    async roomState(roomId, member) {
      if (!(await rooms.open(roomId))) return null;
      const entered = await enter(roomId, member);
      return entered.ok ? entered.room.stateFor(member) : entered;
    },
    async chapter(roomId, member, chapter) {
      const entered = await enter(roomId, member);
      const found = entered.ok ? await entered.room.chapter(chapter) : null;
      // Where a block stood in its file is for exports, which the server writes; a page need not carry it.
      return found && { ...found, blocks: found.blocks.map(({ source: _source, ...block }) => block) };
    },
    async marginFor(roomId, member, chapter) {
      const entered = await enter(roomId, member);
      return entered.ok ? entered.room.marginFor(member, chapter) : entered;
    },
    async pad(roomId, member, book) {
      const entered = await enter(roomId, member);
      const pad = entered.ok ? await entered.room.pad(book) : null;
      return pad && pad.blocks();
    },
    async invite(token) {
      const found = tokenSchema.safeParse(token).success ? await findInvite(store, rooms, token) : null;
      return found ? inviteView(found) : refuse('link-replaced');
    },
    async invites(roomId, memberId) {
      const entered = await enter(roomId, memberId);
      if (!entered.ok) return entered;
      const role = entered.room.member(memberId)?.role;
      if (role === undefined || !canModerate(role)) return refuse('moderators-only');
      return invitesVisibleTo(role, await entered.room.invites());
    },
    async roomsOf(cookieHeader) {
      const device = await identity.deviceFromCookie(cookieHeader);
      const found = await Promise.all(
        (device?.members ?? []).map(async (bound) => {
          const room = await store.room(bound.room);
          return room ? { ...bound, title: room.title } : null;
        }),
      );
      return found.filter((bound) => bound !== null);
    },
  };
}
