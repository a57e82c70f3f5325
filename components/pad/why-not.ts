import { useMe, useRoomState } from '#components/room/room-provider.tsx';
import { canModerate } from '#shared/records/roles.ts';

/** Why one may not write the pad now, in a sentence; null when one may. The server decides, this only says it first. */
export function useWhyNot(): string | null {
  const { room } = useRoomState();
  const me = useMe();
  if (me.muted) return 'A host has muted you. You can read along.';
  if (me.role === 'listener') return 'You are listening here, so you read along. Ask a host to make you a reader.';
  if (room.locked && !canModerate(me.role)) return 'The room is locked. Nobody writes until a host opens it.';
  return null;
}
