import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SEARCH_HITS_MAX, SEARCH_MAX_CHARS } from '#shared/protocol/limits.ts';
import { searchAnswerSchema } from '#shared/protocol/search.ts';
import {
  changeSearch,
  closeSearch,
  currentSearch,
  type Hit,
  hitsOf,
  mustAsk,
  nextHit,
  passageOfHit,
  useBookSearch,
} from './book-search.ts';
import { sayJump } from './jumps.ts';
import { passageHash } from './passage-link.ts';
import { useReading } from './reading-context.tsx';
import { SearchHits } from './search-hits.tsx';
import { useHitsOnPage } from './use-hits-on-page.ts';

/** A pause in typing after which the server is asked. */
const PAUSE_MS = 250;
/** Who waits longer than this is told that something is happening. */
const PATIENCE_MS = 1_000;

/** Looks for words in the whole book: places by chapter, on from one to the next, each shown on the page. */
export function SearchSheet() {
  const search = useBookSearch();
  const { room } = useRoomState();
  const { book, chapter, text, place, goTo } = useReading();
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const isLate = useAnswer();
  const answer = search.answered?.answer;
  const hits = useMemo(() => hitsOf(answer), [answer]);
  useHitsOnPage(text, chapter, hits, hits[search.at]);

  useEffect(() => {
    // A finger that chose a place in another chapter does not want the keys of its phone again.
    if (currentSearch().words === '' || matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  const go = (at: number) => {
    const hit: Hit | undefined = hits[at];
    if (hit === undefined) return;
    changeSearch({ at });
    sayJump();
    const passage = passageOfHit(hit);
    if (hit.chapter === chapter.id) goTo(passage, 'instant');
    else router.push(`${chapterPath(room.id, hit.chapter)}${passageHash(passage)}`);
  };
  const move = (by: 1 | -1) => {
    go(nextHit(hits, search.at, by, book, { chapter: chapter.id, position: place.get()?.position ?? null }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') closeSearch();
    else if (event.key === 'Enter' && event.target === field.current) move(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };

  return (
    // Keys mean the search while one is in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="searchsheet slip" role="search" aria-label="Search the book" onKeyDown={onKeyDown}>
      <div className="search-field">
        <input
          ref={field}
          type="search"
          className="input"
          aria-label="Search the book"
          placeholder="Search the book"
          autoComplete="off"
          enterKeyHint="search"
          maxLength={SEARCH_MAX_CHARS}
          value={search.words}
          onChange={(event) => changeSearch({ words: event.target.value, at: -1 })}
        />
        <IconButton icon={ChevronUp} label="Previous place" disabled={hits.length === 0} onClick={() => move(-1)} />
        <IconButton icon={ChevronDown} label="Next place" disabled={hits.length === 0} onClick={() => move(1)} />
        <IconButton icon={X} label="Close the search" onClick={closeSearch} />
      </div>
      <p className="caption" role="status">
        {isLate ? 'Searching the book…' : summaryOf(search.words, answer, search.at, hits.length)}
      </p>
      <SearchHits book={book} answer={answer} at={search.at} go={go} />
    </section>
  );
}

/** Asks for what is being looked for, after a pause, and again when the text was revised; true while it takes long. */
function useAnswer(): boolean {
  const search = useBookSearch();
  const { room } = useRoomState();
  const { book, chapter } = useReading();
  const [isLate, setLate] = useState(false);
  const { words } = search;
  const asks = words.trim() !== '' && mustAsk(search, chapter);
  useEffect(() => {
    if (words.trim() === '') changeSearch({ answered: null, at: -1 });
    if (!asks) return undefined;
    const wait = new AbortController();
    const { signal } = wait;
    const path = `/api/rooms/${room.id}/books/${book.id}/search?words=${encodeURIComponent(words)}`;
    const askNow = async () => {
      const answer = await ask(path, searchAnswerSchema, { signal });
      if (signal.aborted) return;
      changeSearch({ answered: { words, chapter: chapter.id, hash: chapter.hash, answer }, at: -1 });
    };
    const pause = setTimeout(() => void askNow(), PAUSE_MS);
    const late = setTimeout(() => setLate(true), PAUSE_MS + PATIENCE_MS);
    return () => {
      wait.abort();
      clearTimeout(pause);
      clearTimeout(late);
      setLate(false);
    };
  }, [asks, words, room.id, book.id, chapter.id, chapter.hash]);
  return isLate;
}

function summaryOf(
  words: string,
  answer: NonNullable<ReturnType<typeof useBookSearch>['answered']>['answer'] | undefined,
  at: number,
  shown: number,
): string {
  if (answer === undefined) return 'Capitals and accents make no difference.';
  if (isRefusal(answer)) return answer.message;
  if (answer.count === 0) {
    return answer.whole ? `“${words.trim()}” is not in this book.` : 'Nothing found before the search took too long.';
  }
  const places =
    at >= 0 ? `${at + 1} of ${answer.count}` : `${answer.count} ${answer.count === 1 ? 'place' : 'places'}`;
  const chapters = answer.chapters.length;
  const where = `${places} in ${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}`;
  if (!answer.whole) return `${where}; the search took too long to come to the end of the book`;
  return shown < answer.count ? `${where}; the first ${SEARCH_HITS_MAX} are listed` : where;
}
