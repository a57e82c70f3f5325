'use client';

import { Feather, NotebookPen } from 'lucide-react';
import Link from 'next/link';
import { padPath } from '#components/pad/pad-path.ts';
import { useMe, useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Book } from '#shared/records/book.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { RoomState } from '#shared/records/room.ts';
import { readingMinutes, sayMinutes } from '#shared/text/words.ts';
import { AboutBook } from './about-book.tsx';
import { isRead, lastPlace } from './book-being-read.ts';
import { BookMenu } from './book-menu.tsx';
import { Contents } from './contents.tsx';
import { Cover } from './cover.tsx';

/** Where to go on in a book: the chapter last read, or the one after it when that is finished. */
function onward(book: Book, state: RoomState) {
  const last = lastPlace(state.places.filter((place) => place.book === book.id));
  const index = book.chapters.findIndex((chapter) => chapter.id === last?.chapter);
  if (last === undefined || index < 0) return { begun: false, chapter: book.chapters[0], progress: 0 };
  const next = isRead(last) ? book.chapters[index + 1] : undefined;
  return next
    ? { begun: true, chapter: next, progress: 0 }
    : { begun: true, chapter: book.chapters[index], progress: last.progress };
}

/** 'at the beginning of', or how far into. */
const placeIn = (progress: number): string => {
  const percent = Math.round(progress * 100);
  return percent === 0 ? 'at the beginning of' : `${percent} % into`;
};

/** The book that is being read, with its contents as its list. */
export function CurrentBook({ book }: { book: Book }) {
  const state = useRoomState();
  const me = useMe();
  const { begun, chapter, progress } = onward(book, state);
  const notes = state.counts
    .filter((count) => book.chapters.some((one) => one.id === count.chapter))
    .reduce((total, count) => total + count.notes, 0);
  const left = chapter ? Math.max(1, Math.round(readingMinutes(chapter.words * (1 - progress), book.language))) : 0;
  const whole = Math.round(
    readingMinutes(
      book.chapters.reduce((words, one) => words + one.words, 0),
      book.language,
    ),
  );
  return (
    <section className="now" aria-label="Being read">
      <Cover book={book} big />
      <div className="now-body">
        <h2>
          <bdi>{book.title}</bdi>
        </h2>
        {book.author ? (
          <p className="read quiet">
            <i>{book.author}</i>
          </p>
        ) : null}
        <p className="now-line">
          {begun && chapter
            ? `You are ${placeIn(progress)} ${book.chapters.length > 1 ? `chapter ${chapter.index + 1}` : 'it'}. About ${sayMinutes(left)} left${book.chapters.length > 1 ? ' in it' : ''}.`
            : `${book.chapters.length === 1 ? 'One chapter' : `${book.chapters.length} chapters`}, about ${sayMinutes(whole)} of reading.`}
        </p>
        <div className="acts">
          {chapter ? (
            <Link className="btn primary" href={chapterPath(state.room.id, chapter.id)}>
              {begun ? 'Go on reading' : 'Begin reading'}
            </Link>
          ) : null}
          <Link className="btn plain" href={`/rooms/${state.room.id}/notebook?book=${book.id}`}>
            <Icon of={NotebookPen} /> {notes === 0 ? 'Notebook' : notes === 1 ? '1 note' : `${notes} notes`}
          </Link>
          <Link className="btn plain" href={padPath(state.room.id, book.id)}>
            <Icon of={Feather} /> The pad
          </Link>
          {canModerate(me.role) ? <BookMenu book={book} /> : null}
        </div>
        <AboutBook about={book.about} />
        <Contents book={book} at={chapter?.id} />
      </div>
    </section>
  );
}
