import Link from 'next/link';
import { padPath } from '#components/pad/pad-path.ts';
import type { BookId, RoomId } from '#shared/records/ids.ts';
import { fold } from './filter.ts';

/** Lines of the pad that say these words; none while nothing is searched. */
export function linesSaying(lines: readonly string[], words: string): string[] {
  const wanted = fold(words.trim());
  return wanted === '' ? [] : lines.filter((line) => fold(line).includes(wanted));
}

/** What the pad says of the words that are searched, and the way to it. */
export function PadHits({ room, book, lines }: { room: RoomId; book: BookId; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="in-the-pad">
      <h2 className="group" id="in-the-pad">
        In the pad <span className="caption num">{lines.length}</span>
      </h2>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two lines may say the same
        <article key={index} className="entry">
          <p className="read" dir="auto">
            {line}
          </p>
        </article>
      ))}
      <p className="caption">
        <Link className="link" href={padPath(room, book)}>
          Go to the pad
        </Link>
      </p>
    </section>
  );
}
