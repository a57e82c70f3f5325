import { foldText } from './fold.ts';
import { isGraphemeBoundary } from './graphemes.ts';

/** A place in a text, `[start, end)` in UTF-16 units; both cuts are between graphemes. */
export interface Found {
  start: number;
  end: number;
}

/** What is looked for, folded as texts are; empty when there is nothing to look for. */
export const foldQuery = (query: string): string => foldText(query.normalize('NFC')).folded.trim();

/**
 * Every place where the words stand, from the first on, none over another. `query` comes from `foldQuery`. The slice of the
 * text at each place folds to the query again. Words may begin and end within others, because not every script parts
 * them; a grapheme (an emoji family, a letter with its vowel sign) is found whole or not at all.
 */
export function findWords(text: string, query: string): Found[] {
  if (query === '') return [];
  const found: Found[] = [];
  const { folded, starts } = foldText(text);
  for (let at = folded.indexOf(query); at >= 0;) {
    const place = placeOf(text, starts, at, at + query.length);
    if (place !== null) found.push(place);
    at = folded.indexOf(query, place === null ? at + 1 : at + query.length);
  }
  return found;
}

function placeOf(text: string, starts: readonly number[], from: number, to: number): Found | null {
  const start = starts[from] ?? 0;
  // Marks that were folded away belong to the letter before them.
  const end = starts[to] ?? text.length;
  // A character that became several units (ß) is not found by a part of them.
  if (starts[from - 1] === start || starts[to - 1] === end) return null;
  return isGraphemeBoundary(text, start) && isGraphemeBoundary(text, end) ? { start, end } : null;
}

/** Small enough that a piece is searched in a millisecond or two. */
const PIECE_CHARS = 10_000;
/** How far a place may reach into the next piece: the longest query, each letter under four marks. */
const REACH_CHARS = 1_000;
/** No grapheme that a person writes is longer; a cut is looked for within this. */
const GRAPHEME_MAX_CHARS = 64;

/** The same, found a piece at a time, so that a text of any length can be left and taken up again. */
export function* findWordsInPieces(text: string, query: string, piece: number = PIECE_CHARS): Generator<Found[]> {
  for (let at = 0; at < text.length;) {
    const border = wholeGraphemes(text, at + piece);
    const reach = wholeGraphemes(text, border + REACH_CHARS);
    const from = at;
    const found = findWords(text.slice(from, reach), query)
      .map(({ start, end }) => ({ start: from + start, end: from + end }))
      .filter(({ start }) => start < border);
    yield found;
    at = Math.max(border, found.at(-1)?.end ?? 0);
  }
}

/** The first offset from `offset` on that cuts no grapheme. */
function wholeGraphemes(text: string, offset: number): number {
  const around = text.slice(Math.max(0, offset - GRAPHEME_MAX_CHARS), offset + GRAPHEME_MAX_CHARS);
  const start = Math.max(0, offset - GRAPHEME_MAX_CHARS);
  let cut = Math.min(offset, text.length);
  while (cut < start + around.length && !isGraphemeBoundary(around, cut - start)) cut += 1;
  return cut;
}
