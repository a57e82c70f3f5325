import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import type { Room } from '#shared/records/room.ts';
import { cannotWrite } from './standing.ts';

/** Why this member may not write the pad now: it is words before the room, as a note is. Null when they may. */
export function cannotWritePad(room: Room, member: Member): Refusal | null {
  return member.removed ? refuse('removed') : cannotWrite(room, member);
}

/** Why this member may not take a version away for good. Null where it is one that they named, and for moderators. */
export function cannotRemoveVersion(room: Room, member: Member, version: PadVersion): Refusal | null {
  if (canModerate(member.role)) return cannotWritePad(room, member);
  if (version.cause !== 'named') return refuse('moderators-only');
  return cannotWritePad(room, member) ?? (version.author === member.id ? null : refuse('not-yours'));
}
