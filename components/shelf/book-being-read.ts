import type { Book } from '#shared/records/book.ts';
import type { Place, RoomState } from '#shared/records/room.ts';

/** A chapter counts as read from here on: nobody scrolls past the last line to make the number even. */
const READ_FROM = 0.97;

export const isRead = (place: Place | undefined): boolean => (place?.progress ?? 0) >= READ_FROM;

/** The book to show large: where the session is, else where this member last read, else what came in last. */
export function bookBeingRead({ books, places, session }: RoomState): Book | undefined {
  const led = books.find((book) => book.chapters.some((chapter) => chapter.id === session?.chapter));
  const last = lastPlace(places);
  const read = books.find((book) => book.id === last?.book);
  return led ?? read ?? books.toSorted((a, b) => b.addedAt - a.addedAt)[0];
}

export function lastPlace(places: readonly Place[]): Place | undefined {
  return places.toSorted((a, b) => b.updatedAt - a.updatedAt)[0];
}
