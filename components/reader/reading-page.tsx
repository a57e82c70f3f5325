'use client';

import { MarginProvider } from '#components/room/margin-provider.tsx';
import { RoomProvider } from '#components/room/room-provider.tsx';
import { ToastProvider } from '#components/ui/toast.tsx';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { RoomState } from '#shared/records/room.ts';
import { Opening, type Slots } from './opening.tsx';

interface ReadingPageProps extends Slots {
  state: RoomState;
  book: Book;
  chapter: Chapter;
}

/** One chapter, read in a room. The text is on the page before any script; what people add comes to it. */
export function ReadingPage({ state, book, chapter, ...slots }: ReadingPageProps) {
  return (
    <RoomProvider state={state}>
      <MarginProvider chapter={chapter}>
        <ToastProvider>
          <Opening book={book} chapter={chapter} {...slots} />
        </ToastProvider>
      </MarginProvider>
    </RoomProvider>
  );
}
