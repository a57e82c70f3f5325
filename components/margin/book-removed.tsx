'use client';

import { useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { KeptList } from '#components/room/kept-list.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import { useWordsNotTaken } from '#components/room/words-not-taken.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { draftsIn, keepDraft } from './draft-storage.ts';

const nowhere = (): boolean => false;

/** The book was taken off the shelf while one read it. */
export function BookRemoved() {
  const { room } = useRoomState();
  const { book } = useReading();
  const refused = useWordsNotTaken(nowhere);
  const [drafts, setDrafts] = useState(() => draftsIn(room.id));
  const unsent = drafts.map(({ key, words }) => ({
    key,
    words,
    why: 'You were writing this.',
    discard: () => {
      keepDraft(room.id, key, '');
      setDrafts(draftsIn(room.id));
    },
  }));
  const kept = [...refused, ...unsent];
  return (
    <div className="put-out" role="alertdialog" aria-modal="true" aria-label="This book was taken off the shelf">
      <div>
        <EmptyState
          level={1}
          title={`“${book.title}” was taken off the shelf`}
          actions={<Button onClick={() => location.assign(`/rooms/${room.id}`)}>To the shelf of {room.title}</Button>}
        >
          A host or co-host took it off, with the notes in it.
          {kept.length > 0 ? ' What you had written and nobody got is kept here:' : null}
        </EmptyState>
        {kept.length > 0 ? <KeptList kept={kept} /> : null}
      </div>
    </div>
  );
}
