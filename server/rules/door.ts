import type { InviteRole } from '#shared/protocol/http.ts';
import { MEMBERS_PER_ROOM_MAX } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import { cannotModerate } from './standing.ts';

/** Why nobody new may come in; null when they may. Removed members count: their notes still carry their names. */
export function cannotAdmit(room: Room, membersEver: number): Refusal | null {
  if (room.locked) return refuse('room-locked');
  return membersEver >= MEMBERS_PER_ROOM_MAX ? refuse('too-many') : null;
}

/** Why this member may not replace this invitation; null when they may. The co-hosts' link makes co-hosts: host only. */
export function cannotRotateInvite(member: Member, role: InviteRole): Refusal | null {
  if (member.removed) return refuse('removed');
  const barred = cannotModerate(member);
  if (barred) return barred;
  return role === 'cohost' && member.role !== 'host' ? refuse('host-only') : null;
}
