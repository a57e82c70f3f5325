import { countWords } from '#shared/text/words.ts';
import { bareNumberOf } from './chapter-heading.ts';
import type { ContentsLine } from './epub-contents.ts';
import type { DraftBlock, DraftChapter } from './importer.ts';
import { splitAtHeadings } from './split-chapters.ts';

/** Parts of a chapter this long on average are chapters of their own; the publisher's own files may be shorter. */
const PART_WORDS_MIN = 800;
const FILE_WORDS_MIN = 60;
/** A stretch of several files without a line in the contents is cut at those that begin with a heading. */
const UNLISTED_WORDS_MAX = 20_000;

/** A document of the publication, in reading order. */
export interface EpubDocument {
  path: string;
  blocks: DraftBlock[];
  /** It says of itself that it is a title page, an imprint or the like. */
  isAround: boolean;
}

interface Line extends ContentsLine {
  /** Where it leads, in the list of all blocks. */
  at: number;
  /** Where the next line that is not under it begins. */
  end: number;
  children: Line[];
}

/**
 * Chapters as the publisher meant them: each line of the contents begins one, however the text lies in files; a file that
 * no line names goes on with what stands before it. Lines under a line are chapters when they are long enough, or files of
 * their own; otherwise they are sections within. Without contents every file is a chapter, and a single file is cut at its
 * headings.
 */
export function chaptersOf(documents: readonly EpubDocument[], contents: readonly ContentsLine[]): DraftChapter[] {
  const blocks = documents.flatMap((document) => document.blocks);
  const around = new Set(documents.flatMap((document) => (document.isAround ? document.blocks : [])));
  const starts = startsOf(documents);
  const lines = treeOf(placed(blocks, contents), blocks.length);
  if (lines.length === 0) {
    if (documents.length === 1) return splitAtHeadings(blocks);
    return cut(blocks, new Map(starts.map((start) => [start, ''])), around);
  }
  const words = wordsBefore(blocks);
  const titles = new Map<number, string>();
  const fileStarts = new Set(starts);
  const waiting = lines.map((line) => ({ line, title: line.title }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { line, title } = next;
    const isParted = areChapters(line, words, fileStarts);
    // Of lines that lead to one place the innermost chapter names it.
    if (!isParted || !titles.has(line.at)) titles.set(line.at, title);
    if (isParted) waiting.push(...line.children.map((child) => ({ line: child, title: titleUnder(line, child) })));
  }
  for (const start of unlisted(blocks, starts, [...titles.keys()], words)) titles.set(start, '');
  return cut(blocks, titles, around);
}

function startsOf(documents: readonly EpubDocument[]): number[] {
  let at = 0;
  return documents.map(({ blocks }) => {
    const start = at;
    at += blocks.length;
    return start;
  });
}

function placed(
  blocks: readonly DraftBlock[],
  contents: readonly ContentsLine[],
): { line: ContentsLine; at: number }[] {
  const places = new Map<string, number>();
  for (const [index, { names = [] }] of blocks.entries()) {
    for (const name of names) if (!places.has(name)) places.set(name, index);
  }
  return contents.flatMap((line) => {
    const at = places.get(line.target);
    return at === undefined ? [] : [{ line, at }];
  });
}

function treeOf(found: readonly { line: ContentsLine; at: number }[], length: number): Line[] {
  const roots: Line[] = [];
  const open: Line[] = [];
  for (const { line, at } of found) {
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= line.depth) open.pop();
    const made: Line = { ...line, at, end: length, children: [] };
    (open.at(-1)?.children ?? roots).push(made);
    open.push(made);
  }
  closeLines(roots, length);
  return roots;
}

/** Contents of hostile books lead backwards; an extent is never negative. */
function closeLines(roots: Line[], length: number): void {
  const waiting = [{ lines: roots, end: length }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [index, line] of next.lines.entries()) {
      line.end = Math.max(line.at, next.lines[index + 1]?.at ?? next.end);
      waiting.push({ lines: line.children, end: line.end });
    }
  }
}

/** The number of words before each block, and before the end. */
function wordsBefore(blocks: readonly DraftBlock[]): number[] {
  const sums = [0];
  for (const { text } of blocks) sums.push((sums.at(-1) ?? 0) + countWords(text, 'und'));
  return sums;
}

/** A bare number says nothing without what it is a number of. */
function titleUnder(line: Line, child: Line): string {
  return bareNumberOf(child.title) === null ? child.title : `${line.title}, ${child.title}`;
}

function areChapters(
  { at, end, children, isHeadingOnly }: Line,
  words: readonly number[],
  fileStarts: ReadonlySet<number>,
): boolean {
  if (children.length === 0) return false;
  if (isHeadingOnly) return true;
  const average = ((words[end] ?? 0) - (words[at] ?? 0)) / children.length;
  const areFiles = children.every((child) => fileStarts.has(child.at));
  return average >= (areFiles ? FILE_WORDS_MIN : PART_WORDS_MIN);
}

function unlisted(
  blocks: readonly DraftBlock[],
  starts: readonly number[],
  cuts: readonly number[],
  words: readonly number[],
): number[] {
  const sorted = [0, ...cuts, blocks.length].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((end, index) => {
    const start = sorted[index] ?? 0;
    if ((words[end] ?? 0) - (words[start] ?? 0) <= UNLISTED_WORDS_MAX) return [];
    return starts.filter((at) => at > start && at < end && blocks[at]?.type === 'heading');
  });
}

function cut(
  blocks: readonly DraftBlock[],
  titles: ReadonlyMap<number, string>,
  around: ReadonlySet<DraftBlock>,
): DraftChapter[] {
  const cuts = [...new Set([0, ...titles.keys()])].sort((a, b) => a - b);
  const chapters: DraftChapter[] = [];
  let held: DraftBlock[] = [];
  for (const [index, start] of cuts.entries()) {
    const own = withoutOuterBreaks(blocks.slice(start, cuts[index + 1] ?? blocks.length));
    const heading = own[0]?.type === 'heading' ? own[0].text : '';
    const title = titles.get(start) ?? '';
    const isAround = own.length > 0 && own.every((block) => around.has(block));
    const named = title === '' ? heading : title;
    if (isAround) chapters.push({ title: named, blocks: own, isAround });
    // A part's heading with no words of its own stands above the chapter that follows it.
    else if (own.every(({ type }) => type === 'heading') && index < cuts.length - 1) held.push(...own);
    else if (own.length > 0 || held.length > 0) {
      chapters.push({ title: named, blocks: [...held, ...own] });
      held = [];
    }
  }
  if (held.length > 0) chapters.push({ title: held[0]?.text ?? '', blocks: held });
  return chapters;
}

function withoutOuterBreaks(blocks: readonly DraftBlock[]): DraftBlock[] {
  const first = blocks.findIndex(({ type }) => type !== 'break');
  const last = blocks.findLastIndex(({ type }) => type !== 'break');
  return first < 0 ? [] : blocks.slice(first, last + 1);
}
