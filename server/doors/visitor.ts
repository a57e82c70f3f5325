import type { RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { LiveRoom, Rooms } from '#server/rooms/rooms.ts';
import type { Device } from '#server/storage/store.ts';
import { memberOfDevice } from './identity.ts';

export interface Visitor {
  ok: true;
  device: Device;
  room: LiveRoom;
  member: Member;
}

export async function visitorWith(device: Device | null, rooms: Rooms, room: RoomId): Promise<Visitor | Refusal> {
  const memberId = device && memberOfDevice(device, room);
  if (!device || !memberId) return refuse('signed-out');
  const live = await rooms.open(room);
  const member = live?.member(memberId) ?? null;
  if (!live || !member) return refuse('not-found');
  if (member.removed) return refuse('removed');
  return { ok: true, device, room: live, member };
}
