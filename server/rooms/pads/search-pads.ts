import { PAD_LINES_FOUND_MAX, SEARCH_MAX_MS } from '#server/limits.ts';
import type { PadsSearchAnswer } from '#shared/protocol/search.ts';
import { findWordsInPieces } from '#shared/text/find-words.ts';
import type { LiveRoom } from '../rooms.ts';
import { Slices } from '../slices.ts';

export interface PadsSearch {
  room: Pick<LiveRoom, 'books' | 'padLines'>;
  /** Folded, and not empty (`foldQuery`). */
  query: string;
  /** Nobody waits for the answer any more. */
  isGone: () => boolean;
}

/** Searches the pads of all books on a room's shelf, one after the other, with a turn for everything else in between. */
export async function searchPads({ room, query, isGone }: PadsSearch): Promise<PadsSearchAnswer> {
  const slices = new Slices(SEARCH_MAX_MS, isGone);
  const answer: PadsSearchAnswer = { pads: [], whole: true };
  for (const { id } of room.books()) {
    const said = slices.areOver ? [] : await room.padLines(id);
    const lines = said.filter((line) => saysIt(line, query));
    if (lines.length > 0) {
      answer.pads.push({ book: id, count: lines.length, lines: lines.slice(0, PAD_LINES_FOUND_MAX) });
    }
    await slices.next();
  }
  answer.whole = !slices.areOver;
  return answer;
}

function saysIt(line: string, query: string): boolean {
  for (const found of findWordsInPieces(line, query)) if (found.length > 0) return true;
  return false;
}
