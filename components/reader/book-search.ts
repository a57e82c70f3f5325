import { useSyncExternalStore } from 'react';
import { createSlice } from '#components/room/slice.ts';
import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import { comparePositions } from '#shared/anchoring/quote.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { SearchAnswer, SearchHit } from '#shared/protocol/search.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { BookId, ChapterId } from '#shared/records/ids.ts';

/** A place that was found, with its chapter. */
export interface Hit extends SearchHit {
  chapter: ChapterId;
}

/** The words an answer belongs to, and the text that stood in the chapter where they were asked for. */
interface Answered {
  words: string;
  chapter: ChapterId;
  hash: string;
  answer: SearchAnswer | Refusal;
}

/** Searching one book. `at` is the hit one stands at, by its number among those that were sent; -1 before the first. */
export interface BookSearch {
  book: BookId | null;
  words: string;
  answered: Answered | null;
  at: number;
}

const closed: BookSearch = { book: null, words: '', answered: null, at: -1 };

/** Outlives a chapter's page, because the next hit may stand in another chapter. */
const search = createSlice<BookSearch>(closed);

export const useBookSearch = (): BookSearch => useSyncExternalStore(search.subscribe, search.get, () => closed);
export const currentSearch = (): BookSearch => search.get();
export const changeSearch = (change: Partial<BookSearch>): void => search.set({ ...search.get(), ...change });
export const closeSearch = (): void => search.set(closed);

/** Opens the search of this book, with what was looked for last if it was this book's. */
export function openSearch(book: BookId): void {
  if (search.get().book !== book) search.set({ ...closed, book });
}

/** Whether the server must be asked: other words, or the text of the chapter was revised since. */
export const mustAsk = ({ words, answered }: BookSearch, chapter: Chapter): boolean =>
  answered?.words !== words || (answered.chapter === chapter.id && answered.hash !== chapter.hash);

export function hitsOf(answer: SearchAnswer | Refusal | undefined): Hit[] {
  if (answer === undefined || 'code' in answer) return [];
  return answer.chapters.flatMap(({ chapter, hits }) => hits.map((hit) => ({ ...hit, chapter })));
}

export const passageOfHit = ({ block, start, end }: SearchHit): Passage => ({
  start: { block, offset: start },
  end: { block, offset: end },
});

/** The hit after (or before) the one that one stands at, in a ring; from where one reads on, when at none yet. -1: none. */
export function nextHit(hits: readonly Hit[], at: number, by: 1 | -1, book: Book, here: Here): number {
  if (hits.length === 0) return -1;
  if (at >= 0) return (at + by + hits.length) % hits.length;
  const index = new Map(book.chapters.map((chapter) => [chapter.id, chapter.index]));
  const chapterHere = index.get(here.chapter) ?? 0;
  const beyond = hits.findIndex((hit) => {
    const chapter = index.get(hit.chapter) ?? 0;
    if (chapter !== chapterHere) return chapter > chapterHere;
    return here.position === null || comparePositions(passageOfHit(hit).end, here.position) > 0;
  });
  if (by === 1) return beyond < 0 ? 0 : beyond;
  return (beyond > 0 ? beyond : hits.length) - 1;
}

interface Here {
  chapter: ChapterId;
  position: Position | null;
}
