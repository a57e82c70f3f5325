'use client';

import { useEffect, useState } from 'react';
import { ToastProvider } from '#components/ui/toast.tsx';
import type { CommandId, RoomId } from '#shared/records/ids.ts';
import { type Kept, KeptList } from './kept-list.tsx';
import { openOutboxStorage, type StoredCommand } from './outbox-storage.ts';
import { wordsOf } from './words-of.ts';

/**
 * What was written in a room on this device and never got there, for a page that leads no further: whoever is signed out
 * or removed has no outbox any more that would send it, and must not lose a word for that.
 */
export function UnsentHere({ room }: { room: RoomId }) {
  const [unsent, setUnsent] = useState<StoredCommand[]>([]);
  useEffect(() => {
    let wanted = true;
    const read = async () => {
      const storage = await openOutboxStorage();
      const stored = await storage.loadAll(room);
      if (wanted) setUnsent(stored.filter(({ command }) => wordsOf(command) !== ''));
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [room]);
  if (unsent.length === 0) return null;
  const discard = (id: CommandId) => {
    setUnsent((all) => all.filter((one) => one.id !== id));
    void openOutboxStorage().then((storage) => storage.remove(id));
  };
  const kept = unsent.map(({ id, command, refusal }): Kept => ({
    key: id,
    words: wordsOf(command),
    why: refusal?.message ?? 'This did not reach the room.',
    discard: () => discard(id),
  }));
  return (
    <ToastProvider>
      <section className="unsent-here" aria-labelledby="unsent-here">
        <h2 id="unsent-here" className="text-h3">
          {kept.length === 1
            ? 'Something that you wrote was not taken'
            : `${kept.length} things that you wrote were not taken`}
        </h2>
        <p className="caption">The words are kept on this device until you discard them.</p>
        <KeptList kept={kept} />
      </section>
    </ToastProvider>
  );
}
