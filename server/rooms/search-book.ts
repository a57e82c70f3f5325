import { SEARCH_HITS_MAX } from '#shared/protocol/limits.ts';
import type { SearchAnswer, SearchHit } from '#shared/protocol/search.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';
import { excerptOf } from '#shared/text/excerpt.ts';
import { findWordsInPieces, type Found } from '#shared/text/find-words.ts';
import { SEARCH_MAX_MS } from '#server/limits.ts';
import type { LiveRoom } from './rooms.ts';
import { Slices } from './slices.ts';

export interface BookSearch {
  room: Pick<LiveRoom, 'chapter'>;
  book: Book;
  /** Folded, and not empty (`foldQuery`). */
  query: string;
  /** Nobody waits for the answer any more. */
  isGone: () => boolean;
}

/**
 * Searches the text of a book from its first chapter to its last, in slices between which everything else goes on. The
 * number of places and the time are bounded, whatever the book and the words.
 */
export async function searchBook({ room, book, query, isGone }: BookSearch): Promise<SearchAnswer> {
  const slices = new Slices(SEARCH_MAX_MS, isGone);
  const answer: SearchAnswer = { count: 0, chapters: [], whole: true };
  let left = SEARCH_HITS_MAX;
  for (const { id } of book.chapters) {
    const chapter = slices.areOver ? null : await room.chapter(id);
    if (chapter === null) continue;
    const found = await searchChapter(chapter, query, left, slices);
    if (found.count > 0) answer.chapters.push(found);
    answer.count += found.count;
    left -= found.hits.length;
  }
  answer.whole = !slices.areOver;
  return answer;
}

type InChapter = SearchAnswer['chapters'][number];

async function searchChapter(chapter: Chapter, query: string, hitsMax: number, slices: Slices): Promise<InChapter> {
  const inChapter: InChapter = { chapter: chapter.id, count: 0, hits: [] };
  for (const block of chapter.blocks) {
    for (const found of findWordsInPieces(block.text, query)) {
      for (const place of found.slice(0, hitsMax - inChapter.hits.length)) {
        inChapter.hits.push(hitAt(block, place, chapter.language));
      }
      inChapter.count += found.length;
      if (slices.isSpent) await slices.next();
      if (slices.areOver) return inChapter;
    }
  }
  return inChapter;
}

function hitAt(block: Block, { start, end }: Found, language: string): SearchHit {
  return { block: block.id, start, end, ...excerptOf(block.text, start, end, block.language ?? language) };
}
