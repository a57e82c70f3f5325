import type { MarginView } from '#server/rooms/rooms.ts';
import type { InviteRole, InviteView } from '#shared/protocol/http.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { BookId, ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { RoomState } from '#shared/records/room.ts';

/** The links that a moderator may show; co-hosts see those of readers and listeners only. */
export type VisibleInvites = Partial<Record<InviteRole, string>>;

/**
 * What pages may ask of the running server. Next bundles its own copy of every module that `app/` imports, so nothing
 * that lives may be reached by import: the server hands this over on `globalThis` before Next starts.
 * Ids come from URLs: whoever calls parses them first.
 */
export interface PageServices {
  /** Who this browser is in the room; null when it is nobody there. Removed members are still told who they were. */
  memberFromCookie(cookieHeader: string | null, room: RoomId): Promise<MemberId | null>;
  /** Null when the room is gone; `signed-out` or `removed` when the member may not see it. */
  roomState(room: RoomId, member: MemberId): Promise<RoomState | Refusal | null>;
  chapter(room: RoomId, member: MemberId, chapter: ChapterId): Promise<Chapter | null>;
  marginFor(room: RoomId, member: MemberId, chapter: ChapterId): Promise<MarginView | Refusal>;
  /** What the pad of a book says; null when the book is not on the shelf. */
  pad(room: RoomId, member: MemberId, book: BookId): Promise<PadBlock[] | null>;
  /** What an invitation link shows; `link-replaced` when the token is not, or no longer, one. */
  invite(token: string): Promise<InviteView | Refusal>;
  invites(room: RoomId, member: MemberId): Promise<VisibleInvites | Refusal>;
  /** Every room this browser is in, with its title, for the landing page. */
  roomsOf(cookieHeader: string | null): Promise<{ room: RoomId; title: string; member: MemberId }[]>;
}

const key = Symbol.for('lectern.services');

export function providePageServices(services: PageServices): void {
  (globalThis as { [key]?: PageServices })[key] = services;
}
