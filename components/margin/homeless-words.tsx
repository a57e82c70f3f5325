'use client';

import { useReading } from '#components/reader/reading-context.tsx';
import { type Margin, useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import { useWordsNotTaken, WordsNotTaken } from '#components/room/words-not-taken.tsx';
import { KeptList } from '#components/room/kept-list.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Command } from '#shared/protocol/command.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { usePageShows } from '#components/ui/use-page-shows.ts';
import { draftsIn, keepDraft } from './draft-storage.ts';
import { useState } from 'react';

/** Whether a refused command's words stand in the margin of this page, where they can be dealt with in place. */
function standsHere(margin: Margin, chapter: ChapterId, command: Command): boolean {
  switch (command.kind) {
    case 'annotation.create':
      return command.chapter === chapter;
    case 'annotation.edit':
    case 'reply.create':
      return margin.annotations.has(command.annotation);
    case 'reply.edit': {
      const reply = margin.replies.get(command.reply);
      return reply !== undefined && margin.annotations.has(reply.annotation);
    }
    default:
      return true;
  }
}

/** Words of one's own whose place is gone: a thread that was deleted meanwhile, another chapter, or this whole book. */
export function HomelessWords() {
  const margin = useMargin();
  const { chapter, book } = useReading();
  const { books } = useRoomState();
  // Until the margin has come nobody can tell what stands in it.
  const kept = useWordsNotTaken((command) => !margin.synced || standsHere(margin, chapter.id, command));
  const hasBook = books.some(({ id }) => id === book.id);
  usePageShows('connection-line', hasBook && kept.length > 0);
  if (!hasBook) return <BookRemoved />;
  if (kept.length === 0) return null;
  return (
    <div className="connection-line homeless">
      <WordsNotTaken kept={kept} />
    </div>
  );
}

const nowhere = (): boolean => false;

/** The book was taken off the shelf while one read it. */
function BookRemoved() {
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
