'use client';

import { MarginProvider } from '#components/room/margin-provider.tsx';
import { RoomProvider } from '#components/room/room-provider.tsx';
import { ToastProvider } from '#components/ui/toast.tsx';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { RoomState } from '#shared/records/room.ts';
import { Opening, type Slots } from './opening.tsx';
import { useStandingText } from './standing-text.ts';

interface ReadingPageProps extends Slots {
  state: RoomState;
  book: Book;
  chapter: Chapter;
}

/** One chapter, read in a room. The text is on the page before any script; what people add comes to it. */
export function ReadingPage({ state, book, chapter, ...slots }: ReadingPageProps) {
  return (
    <RoomProvider state={state}>
      <AsItStands book={book} chapter={chapter} {...slots} />
    </RoomProvider>
  );
}

/** With the text that the chapter has by now. */
function AsItStands({ book, chapter, ...slots }: Omit<ReadingPageProps, 'state'>) {
  const standing = useStandingText(chapter);
  return (
    <MarginProvider chapter={standing.chapter}>
      <ToastProvider>
        <Opening book={book} standing={standing} {...slots} />
      </ToastProvider>
    </MarginProvider>
  );
}
