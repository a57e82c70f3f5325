import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { chapterPath } from '#components/session/chapter-path.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { RoomId } from '#shared/records/ids.ts';

/** Below the text: that it ends, and the ways on. */
export function ChapterEnd({ room, book, chapter }: { room: RoomId; book: Book; chapter: Chapter }) {
  const before = book.chapters.find(({ index }) => index === chapter.index - 1);
  const after = book.chapters.find(({ index }) => index === chapter.index + 1);
  return (
    <div className="chapter-end">
      <p className="caption">{after === undefined ? 'The end' : 'End of the chapter'}</p>
      <nav aria-label="Chapters">
        {before === undefined ? null : (
          <Link className="btn plain" rel="prev" href={chapterPath(room, before.id)}>
            <Icon of={ArrowLeft} /> <bdi>{before.title}</bdi>
          </Link>
        )}
        {after === undefined ? (
          <Link className="btn plain" href={`/rooms/${room}`}>
            To the shelf
          </Link>
        ) : (
          <Link className="btn" rel="next" href={chapterPath(room, after.id)}>
            <bdi>{after.title}</bdi> <Icon of={ArrowRight} />
          </Link>
        )}
      </nav>
    </div>
  );
}
