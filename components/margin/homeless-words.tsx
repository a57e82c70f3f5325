'use client';

import { useReading } from '#components/reader/reading-context.tsx';
import { type Margin, useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import { useWordsNotTaken, WordsNotTaken } from '#components/room/words-not-taken.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import type { Command } from '#shared/protocol/command.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { usePageShows } from '#components/ui/use-page-shows.ts';

const BookRemoved = comesLater(async () => (await import('./book-removed.tsx')).BookRemoved);

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
