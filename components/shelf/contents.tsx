'use client';

import Link from 'next/link';
import type { CSSProperties } from 'react';
import { partsAndChapters } from '#components/reader/contents-lines.ts';
import { useMembers, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { classNames } from '#components/ui/class-names.ts';
import { Faces } from '#components/ui/face.tsx';
import type { Book } from '#shared/records/book.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { readingMinutes, sayMinutes } from '#shared/text/words.ts';
import { isRead } from './book-being-read.ts';
import { faceOf } from '#components/room/member-face.tsx';

/** A book's chapters in their parts: what is read, where one is, who is where, how many notes, how many minutes. */
export function Contents({ book, at }: { book: Book; at: ChapterId | undefined }) {
  const { room, places, counts } = useRoomState();
  const members = useMembers();
  const presence = usePresence();
  const readers = [...presence.values()];
  return (
    <ol className="toc">
      {partsAndChapters(book).map(({ title, depth, chapter, isChapter }, index) => {
        const style = { '--depth': depth } as CSSProperties;
        if (!isChapter) {
          return (
            // Lines of an immutable book keep their places.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`part ${index}`} className="part" style={style}>
              <span className="n" />
              <bdi className="t">{title}</bdi>
            </li>
          );
        }
        const place = places.find((one) => one.chapter === chapter.id);
        const notes = counts.find((count) => count.chapter === chapter.id)?.notes ?? 0;
        const here = readers
          .filter((one) => one.chapter === chapter.id)
          .flatMap((one) => members.get(one.member) ?? []);
        return (
          <li
            key={chapter.id}
            className={classNames(chapter.id === at ? 'here' : isRead(place) && 'done')}
            style={style}
          >
            <span className="n num">{chapter.index + 1}</span>
            <Link
              className="t bare"
              href={chapterPath(room.id, chapter.id)}
              aria-current={chapter.id === at || undefined}
            >
              <bdi>{title}</bdi>
            </Link>
            <span className="dots" />
            {here.length > 0 ? (
              <Faces most={4} faces={here.map((member) => faceOf(member, member.name, member.role === 'host'))} />
            ) : null}
            <span className="s caption">
              {isRead(place) ? 'read, ' : null}
              {notes > 0 ? `${notes === 1 ? '1 note' : `${notes} notes`}, ` : null}
              {sayMinutes(readingMinutes(chapter.words, book.language))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
