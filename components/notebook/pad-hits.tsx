import Link from 'next/link';
import { lineFragment, padPath } from '#components/pad/pad-path.ts';
import type { BookId, RoomId } from '#shared/records/ids.ts';
import { fold } from './filter.ts';

/** Lines of the pad that say these words; none while nothing is searched. */
export function linesSaying(lines: readonly string[], words: string): string[] {
  const wanted = fold(words.trim());
  return wanted === '' ? [] : lines.filter((line) => fold(line).includes(wanted));
}

interface PadHitsProps {
  room: RoomId;
  book: BookId;
  lines: readonly string[];
  /** All that there are, where only the first are shown. */
  count?: number;
  /** Of another book than the notebook's: its title. */
  title?: string;
}

/** What a pad says of the words that are searched; each line is the way to its place. */
export function PadHits({ room, book, lines, count = lines.length, title }: PadHitsProps) {
  if (count === 0) return null;
  const heading = `in-the-pad-${book}`;
  return (
    <section aria-labelledby={heading}>
      <h2 className="group" id={heading}>
        {title === undefined ? (
          'In the pad'
        ) : (
          <>
            In the pad of <bdi>{title}</bdi>
          </>
        )}{' '}
        <span className="caption num">{count}</span>
      </h2>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two lines may say the same
        <article key={index} className="entry">
          <p className="read" dir="auto">
            <Link className="bare" href={`${padPath(room, book)}${lineFragment(line)}`}>
              {line}
            </Link>
          </p>
        </article>
      ))}
      <p className="caption way-on">
        <Link className="link" href={padPath(room, book)}>
          {count > lines.length ? `Go to the pad for the other ${count - lines.length}` : 'Go to the pad'}
        </Link>
      </p>
    </section>
  );
}
