'use client';

import Link from 'next/link';
import { useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import type { Book } from '#shared/records/book.ts';
import { lastPlace } from './book-being-read.ts';
import { Cover } from './cover.tsx';

/** The other books of the room, by their covers. */
export function OtherBooks({ books }: { books: Book[] }) {
  const { room, places, counts } = useRoomState();
  if (books.length === 0) return null;
  return (
    <>
      <h2 className="sc quiet">The shelf</h2>
      <div className="row">
        {books.map((book) => {
          const last = lastPlace(places.filter((place) => place.book === book.id));
          const chapter = last?.chapter ?? book.chapters[0]?.id;
          const own = new Set(book.chapters.map((one) => one.id));
          const notes = counts
            .filter((count) => own.has(count.chapter))
            .reduce((total, count) => total + count.notes, 0);
          const chapters = book.chapters.length === 1 ? 'one chapter' : `${book.chapters.length} chapters`;
          return (
            <figure key={book.id}>
              <Cover book={book} />
              <figcaption>
                {chapter ? (
                  <Link className="bare stretched" href={chapterPath(room.id, chapter)}>
                    <bdi>{book.title}</bdi>
                  </Link>
                ) : (
                  book.title
                )}
                <span className="caption">
                  {notes > 0 ? `${chapters}, ${notes === 1 ? '1 note' : `${notes} notes`}` : chapters}
                </span>
              </figcaption>
            </figure>
          );
        })}
      </div>
    </>
  );
}
