import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import { cannotWrite } from './standing.ts';

/** Why this member may not write the pad now: it is words before the room, as a note is. Null when they may. */
export function cannotWritePad(room: Room, member: Member): Refusal | null {
  return member.removed ? refuse('removed') : cannotWrite(room, member);
}
