import { useEffect, useState } from 'react';
import { useRoomState } from '#components/room/room-provider.tsx';
import type { BookId } from '#shared/records/ids.ts';
import type { PadSession } from './pad-session.ts';

/** The link with a book's pad, once Yjs is there; null before. Made anew when one may write again, or no longer. */
export function usePadSession(book: BookId, mayWrite: boolean): PadSession | null {
  const {
    room: { id: room },
    you,
  } = useRoomState();
  const [session, setSession] = useState<PadSession | null>(null);
  useEffect(() => {
    let left = false;
    let opened: PadSession | null = null;
    const open = async () => {
      const { PadSession: Session } = await import('./pad-session.ts');
      if (left) return;
      opened = new Session(room, book, you, mayWrite);
      setSession(opened);
    };
    void open();
    return () => {
      left = true;
      opened?.close();
    };
  }, [room, book, you, mayWrite]);
  return session;
}
