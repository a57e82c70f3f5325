import Link from 'next/link';
import type { CSSProperties } from 'react';
import { chapterPath } from '#components/session/chapter-path.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { ChapterEntry } from '#shared/records/book.ts';
import { readingMinutes, sayMinutes } from '#shared/text/words.ts';
import { contentsLines } from './contents-lines.ts';
import { useReading } from './reading-context.tsx';

/** The book's chapters: where one is, how far one has read each, how long each is. */
export function ContentsSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { room, places } = useRoomState();
  const { book, chapter, place } = useReading();
  const progressOf = (entry: ChapterEntry): number => {
    if (entry.id === chapter.id) return place.get()?.progress ?? 0;
    return places.find((kept) => kept.chapter === entry.id)?.progress ?? 0;
  };
  return (
    <Dialog title={book.title} open={open} onOpenChange={onOpenChange}>
      <ol className="toc">
        {contentsLines(book).map(({ title, depth, chapter: entry, block, isChapter }, index) => {
          const read = progressOf(entry);
          const minutes = sayMinutes(readingMinutes(entry.words, book.language));
          return (
            // Lines of an immutable book keep their places.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} style={{ '--depth': depth } as CSSProperties}>
              <Link
                href={`${chapterPath(room.id, entry.id)}${block === null ? '' : `#${block}`}`}
                aria-current={isChapter && entry.id === chapter.id ? 'page' : undefined}
                prefetch={false}
                onClick={() => onOpenChange(false)}
              >
                <bdi>{title}</bdi>
                {isChapter ? (
                  <span className="caption num">
                    {read >= 1 ? 'read' : read > 0 ? `${Math.round(read * 100)} %` : minutes}
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ol>
      <p>
        <Link className="link" href={`/rooms/${room.id}`}>
          To the shelf of {room.title}
        </Link>
      </p>
    </Dialog>
  );
}
