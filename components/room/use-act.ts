'use client';

import type { Wish } from './room-client.ts';
import { useRoom } from './room-provider.tsx';
import { useToast } from '#components/ui/toast.tsx';

/** Asks the room for something and says so when it refuses. Resolves with whether it was done. */
export function useAct(): (wish: Wish) => Promise<boolean> {
  const room = useRoom();
  const say = useToast();
  return async (wish) => {
    const ack = await room.send(wish);
    if (!ack.ok) say({ says: ack.message, calls: true });
    return ack.ok;
  };
}
