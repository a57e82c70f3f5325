import { memo, useEffect, useRef } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { SearchAnswer, SearchHit } from '#shared/protocol/search.ts';
import type { Book } from '#shared/records/book.ts';

interface SearchHitsProps {
  book: Book;
  answer: SearchAnswer | Refusal | undefined;
  /** The hit one stands at. */
  at: number;
  go: (at: number) => void;
}

/** The places that were found, by chapter, each with its sentence. */
export function SearchHits({ book, answer, at, go }: SearchHitsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (answer === undefined || 'code' in answer) return null;
  return (
    <div ref={list} className="hits">
      {numbered(answer).map(({ chapter, count, hits, first }) => (
        <section key={chapter}>
          <h3 className="sc">
            <bdi>{book.chapters.find(({ id }) => id === chapter)?.title}</bdi> <span className="num">{count}</span>
          </h3>
          <ol>
            {hits.map((hit, index) => (
              <HitLine
                key={`${hit.block} ${hit.start}`}
                hit={hit}
                isCurrent={first + index === at}
                language={book.language}
                go={() => go(first + index)}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** Chapters with the number of their first hit among all. */
function numbered({ chapters }: SearchAnswer): (SearchAnswer['chapters'][number] & { first: number })[] {
  let next = 0;
  return chapters.map((chapter) => {
    const first = next;
    next += chapter.hits.length;
    return { ...chapter, first };
  });
}

interface HitLineProps {
  hit: SearchHit;
  isCurrent: boolean;
  language: string;
  go: () => void;
}

const HitLine = memo(
  function HitLine({ hit: { before, words, after }, isCurrent, language, go }: HitLineProps) {
    return (
      <li>
        <button
          type="button"
          className={classNames('hit', isCurrent && 'on')}
          aria-current={isCurrent || undefined}
          lang={language === 'und' ? undefined : language}
          dir="auto"
          onClick={go}
        >
          {before}
          <mark>{words}</mark>
          {after}
        </button>
      </li>
    );
  },
  (was, is) => was.hit === is.hit && was.isCurrent === is.isCurrent,
);
