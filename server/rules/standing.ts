import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Room } from '#shared/records/room.ts';

/** Why this member may put nothing before the room now: muted, or the room is locked. Null when they may. */
export function silenced(room: Room, member: Member): Refusal | null {
  if (member.muted) return refuse('muted');
  if (room.locked && !canModerate(member.role)) return refuse('room-locked');
  return null;
}

/** Why this member may not write what others see. Null when they may. Private notes are nobody's business but theirs. */
export function cannotWrite(room: Room, member: Member): Refusal | null {
  if (!member.muted && member.role === 'listener') return refuse('listeners-cannot-write');
  return silenced(room, member);
}

/** Why this member may not moderate. Null when they may. */
export function cannotModerate(member: Member): Refusal | null {
  return canModerate(member.role) ? null : refuse('moderators-only');
}
