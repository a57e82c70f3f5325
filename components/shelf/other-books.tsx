'use client';

import Link from 'next/link';
import { faceOf } from '#components/room/member-face.tsx';
import { useMe, useMembers, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { Faces } from '#components/ui/face.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Book } from '#shared/records/book.ts';
import { canModerate } from '#shared/records/roles.ts';
import { lastPlace } from './book-being-read.ts';
import { BookMenu } from './book-menu.tsx';
import { Cover } from './cover.tsx';
import { progressIn } from './progress-in.ts';

/** The other books of the room, by their covers, in the order in which they are to be read. */
export function OtherBooks({ books }: { books: Book[] }) {
  if (books.length === 0) return null;
  return (
    <>
      <h2 className="sc quiet">The shelf</h2>
      <div className="row">
        {books.map((book) => (
          <OtherBook key={book.id} book={book} />
        ))}
      </div>
    </>
  );
}

function OtherBook({ book }: { book: Book }) {
  const { room, books, places, counts } = useRoomState();
  const me = useMe();
  const members = useMembers();
  const presence = usePresence();
  const last = lastPlace(places.filter((place) => place.book === book.id));
  const chapter = last?.chapter ?? book.chapters[0]?.id;
  const own = new Set(book.chapters.map((one) => one.id));
  const notes = counts.filter((count) => own.has(count.chapter)).reduce((total, count) => total + count.notes, 0);
  const progress = progressIn(book, places);
  const here = [...presence.values()]
    .filter((one) => one.chapter !== null && own.has(one.chapter))
    .flatMap((one) => members.get(one.member) ?? []);
  const number = books.findIndex((one) => one.id === book.id) + 1;
  return (
    <figure>
      <Cover book={book} />
      <figcaption>
        <span className="num">{number}. </span>
        {chapter ? (
          <Link className="bare stretched" href={chapterPath(room.id, chapter)}>
            <bdi>{book.title}</bdi>
          </Link>
        ) : (
          book.title
        )}
        <span className="caption">
          {book.chapters.length === 1 ? 'one chapter' : `${book.chapters.length} chapters`}
          {notes > 0 ? `, ${notes === 1 ? '1 note' : `${notes} notes`}` : null}
        </span>
        {last ? <Progress label={`Read of ${book.title}`} value={progress} /> : null}
        <span className="of-book">
          {here.length > 0 ? (
            <Faces most={3} faces={here.map((member) => faceOf(member, member.name, member.role === 'host'))} />
          ) : null}
          {canModerate(me.role) ? <BookMenu book={book} small /> : null}
        </span>
      </figcaption>
    </figure>
  );
}
