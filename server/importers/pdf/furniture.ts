import { isChapterHeading, romanNumber } from '../chapter-heading.ts';
import { commonest, textOfLine } from './page.ts';
import type { Line, PdfPage } from './page.ts';

/** What is set larger than the text announces something. */
const HEADING_SIZE_MIN = 1.12;
/** Running heads and page numbers stand in the outer strips of a page. */
const STRIP_SHARE = 0.14;
/** A head that returns on so many pages is no text. */
const REPEATS_MIN = 3;
/** Page numbers count up with the pages on at least this share of those that have one in the same place. */
const COUNTING_SHARE_MIN = 0.6;
/** Heads of changing words are told by their place: so many of the pages have a known head there. */
const PLACE_SHARE_MIN = 0.5;

/**
 * The lines of all pages without running heads, running feet and page numbers. `told` are title and author by the file's own
 * word: in the outer strip of a later page they are a head, however few pages there are.
 */
export function withoutFurniture(
  lines: readonly Line[][],
  pages: readonly PdfPage[],
  told: readonly (string | null)[] = [],
): Line[][] {
  const titles = new Set(told.flatMap((text) => (text === null ? [] : wordsIn(text))));
  const bodySize = commonest(
    lines.flat().map((line) => ({ value: line.size, weight: textOfLine(line).length })),
    0.5,
  );
  const outer = lines.map((page, index) =>
    page.filter((line) => isOuter(line, pages[index]) && line.size < (bodySize ?? 0) * HEADING_SIZE_MIN),
  );
  const repeated = repeatedTexts(outer);
  const offsets = countingOffsets(outer);
  const isKnown = (line: Line) =>
    (line.page > 0 && wordsIn(textOfLine(line)).some((words) => titles.has(words))) ||
    repeated.has(keyOf(line)) ||
    numbersIn(line).some((number) => offsets.has(number - line.page));
  const places = new Map<number, number>();
  for (const page of outer) {
    for (const place of new Set(page.filter(isKnown).map(placeOf))) places.set(place, (places.get(place) ?? 0) + 1);
  }
  const isHeadPlace = (line: Line) => {
    const place = placeOf(line);
    const found = [place - 1, place, place + 1].reduce((sum, near) => sum + (places.get(near) ?? 0), 0);
    return lines.length >= REPEATS_MIN && found >= lines.length * PLACE_SHARE_MIN;
  };
  const dropped = new Set(
    outer.flatMap((page, index) =>
      page.filter((line) => isKnown(line) || (isHeadPlace(line) && isApart(line, lines[index] ?? []))),
    ),
  );
  return lines.map((page) => page.filter((line) => !dropped.has(line)));
}

/** The words of a line without the number of its page; none when there are none. */
function wordsIn(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/^\s*\d{1,4}\s+|\s+\d{1,4}\s*$/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words === '' ? [] : [words];
}

function isOuter({ y }: Line, page: PdfPage | undefined): boolean {
  const height = page?.height ?? 0;
  return y < height * STRIP_SHARE || y > height * (1 - STRIP_SHARE);
}

/** Words in a place, numbers aside: `12 THE LAMP` and `14 THE LAMP` are one head. `Chapter 1` and `Chapter 2` are two. */
function keyOf(line: Line): string {
  const text = textOfLine(line).toLowerCase().replace(/\s+/gu, ' ').trim();
  const words = isChapterHeading(text) ? text : text.replace(/\d+|\b[ivxlc]+\b/giu, '#');
  return `${words} @ ${placeOf(line)}`;
}

function placeOf({ y }: Line): number {
  return Math.round(y / 4);
}

function repeatedTexts(outer: readonly Line[][]): Set<string> {
  const pages = new Map<string, number>();
  for (const page of outer) {
    for (const key of new Set(page.filter(hasLetters).map(keyOf))) pages.set(key, (pages.get(key) ?? 0) + 1);
  }
  return new Set([...pages].filter(([, count]) => count >= REPEATS_MIN).map(([key]) => key));
}

function hasLetters(line: Line): boolean {
  return /\p{L}/u.test(textOfLine(line));
}

/** How far the numbers at the edges of the pages are ahead of the pages' own count, where they count up with them. */
function countingOffsets(outer: readonly Line[][]): Set<number> {
  const counts = new Map<number, number>();
  let withNumber = 0;
  for (const page of outer) {
    const offsets = new Set(page.flatMap((line) => numbersIn(line).map((number) => number - line.page)));
    if (offsets.size > 0) withNumber += 1;
    for (const offset of offsets) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  const enough = Math.max(2, withNumber * COUNTING_SHARE_MIN);
  return new Set([...counts].filter(([, count]) => count >= enough).map(([offset]) => offset));
}

/** The page number that a line is: alone, between dashes, after `Page`, or at either end of a head of few words. */
function numbersIn(line: Line): number[] {
  const text = textOfLine(line).trim();
  const alone =
    /^(?:[-–—[(]\s*)?(?:(?:page|seite|p\.|стр\.)\s*)?(\d{1,4}|[ivxlc]{1,8})(?:\s*(?:\/|of|von|из)\s*\d{1,4})?(?:\s*[-–—\])])?$/iu.exec(
      text,
    )?.[1];
  // The number at the end of `Chapter 3` counts chapters, the last one of `Chapter 3 47` pages.
  const isHeading = isChapterHeading(text) && !isChapterHeading(text.replace(/\s+\d{1,4}$/u, ''));
  const ends =
    text.length < 90 && !isHeading
      ? [/^(\d{1,4})\s{1,}\D/u.exec(text)?.[1], /\D\s{1,}(\d{1,4})$/u.exec(text)?.[1]]
      : [];
  return [alone, ...ends].flatMap((digits) => {
    if (digits === undefined) return [];
    const number = /^\d/u.test(digits) ? Number(digits) : romanNumber(digits.toUpperCase());
    return number === null ? [] : [number];
  });
}

/** Whether a line at the edge of its page stands further from the text than lines of the text from each other. */
function isApart(line: Line, page: readonly Line[]): boolean {
  const others = page.filter((other) => other !== line && other.y !== line.y);
  const nearest = Math.min(...others.map((other) => Math.abs(other.y - line.y)));
  const isOutermost = others.every(({ y }) => y > line.y) || others.every(({ y }) => y < line.y);
  return isOutermost && nearest > line.size * 1.6;
}
