import type { InviteRole, InviteView } from '#shared/protocol/http.ts';
import type { LiveRoom, Rooms } from '#server/rooms/rooms.ts';
import type { Store } from '#server/storage/store.ts';

/** Faces shown to somebody at the door; the rest are a number. */
const FACES_MAX = 12;

export interface FoundInvite {
  room: LiveRoom;
  role: InviteRole;
}

/** The room that a link leads to, or null when the link is not, or no longer, one. */
export async function findInvite(store: Store, rooms: Rooms, token: string): Promise<FoundInvite | null> {
  const invite = await store.inviteByToken(token);
  const room = invite && (await rooms.open(invite.room));
  return room ? { room, role: invite.role } : null;
}

/** What a link shows to somebody who has not joined: the room's title, what is being read, and who is there. */
export function inviteView({ room, role }: FoundInvite): InviteView {
  const { id, title, locked } = room.room();
  const book = room.books().at(-1);
  return {
    room: { id, title, locked },
    role,
    book: book ? { title: book.title, author: book.author } : null,
    here: room
      .here()
      .slice(0, FACES_MAX)
      .map((member) => ({
        id: member.id,
        name: member.name,
        initials: member.initials,
        ink: member.ink,
        role: member.role,
      })),
  };
}
