import type { Book } from '#shared/records/book.ts';
import type { Place } from '#shared/records/room.ts';
import { isRead } from './book-being-read.ts';

/** How much of a book somebody has read, 0 to 1: by words, a chapter that is read whole counts whole. */
export function progressIn(book: Book, places: readonly Place[]): number {
  const progress = new Map(places.map((place) => [place.chapter, isRead(place) ? 1 : place.progress]));
  let read = 0;
  let all = 0;
  for (const { id, words } of book.chapters) {
    all += words;
    read += words * (progress.get(id) ?? 0);
  }
  return all === 0 ? 0 : read / all;
}
