import { countWords } from '#shared/text/words.ts';
import { NESTING_MAX } from '#server/limits.ts';
import { isChapterHeading } from '../chapter-heading.ts';
import type { DraftAbout, DraftBlock, DraftChapter } from '../importer.ts';
import type { PlacedBlock } from './write-paragraphs.ts';

/** A line of the file's own table of contents; `y` from the top of the page, null where it leads to the page as a whole. */
export interface OutlineEntry {
  title: string;
  depth: number;
  page: number;
  y: number | null;
}

/** Sections this long on average are chapters. */
const CHAPTER_WORDS_MIN = 800;

export interface OutlinedText {
  chapters: DraftChapter[];
  contents: DraftAbout['contents'];
}

/** Cuts a text where its table of contents says that chapters begin. Null when that would make no chapters. */
export function cutAtOutline(blocks: readonly PlacedBlock[], outline: readonly OutlineEntry[]): OutlinedText | null {
  const words = blocks.reduce((sum, { block }) => sum + countWords(block.text, 'und'), 0);
  const chapterDepth = depthOfChapters(outline, words);
  const starts = new Map<number, OutlineEntry>();
  const contents: NonNullable<DraftAbout['contents']> = [];
  for (const entry of outline) {
    const index = startOf(entry, blocks);
    const block = blocks[index]?.block;
    if (block === undefined) continue;
    const target = `outline ${index}`;
    block.names = [...new Set([...(block.names ?? []), target])];
    contents.push({ title: entry.title, depth: Math.min(entry.depth, NESTING_MAX), target });
    if (entry.depth <= chapterDepth) starts.set(index, entry);
  }
  if (starts.size < 2) return null;
  const chapters: DraftChapter[] = [{ title: '', blocks: [] }];
  for (const [index, { block }] of blocks.entries()) {
    const start = starts.get(index);
    if (start !== undefined) chapters.push({ title: start.title, blocks: [] });
    chapters.at(-1)?.blocks.push(block);
  }
  return {
    chapters: chapters.map(withoutOwnTitle).filter(({ blocks: own }) => own.length > 0),
    contents: contents.length > starts.size ? contents : [],
  };
}

/** The outermost lines are chapters, unless they are parts: then the lines below are, where they say so or are as long. */
function depthOfChapters(outline: readonly OutlineEntry[], words: number): number {
  const second = outline.filter(({ depth }) => depth === 1);
  const named = second.filter(({ title }) => isChapterHeading(title));
  const first = outline.filter(({ depth }) => depth === 0);
  const areChapters = named.length > second.length / 2 || words / second.length >= CHAPTER_WORDS_MIN;
  const areParts = second.length > 0 && areChapters && (first.length === 1 || second.length > first.length * 2);
  return areParts ? 1 : 0;
}

function startOf({ page, y, title }: OutlineEntry, blocks: readonly PlacedBlock[]): number {
  const onPage = (block: PlacedBlock) => block.page === page;
  const titled = blocks.findIndex((block) => onPage(block) && isTitle(block.block, title));
  if (titled >= 0) return titled;
  const below = y === null ? -1 : blocks.findIndex((block) => onPage(block) && block.y >= y - 2);
  return below >= 0 ? below : blocks.findIndex((block) => block.page >= page);
}

/** A heading that only repeats its chapter's title leaves the text. */
function withoutOwnTitle({ title, blocks }: DraftChapter): DraftChapter {
  const [first, second, ...rest] = blocks;
  if (first === undefined || second === undefined || !isTitle(first, title)) return { title, blocks };
  const names = [...(first.names ?? []), ...(second.names ?? [])];
  return { title, blocks: [{ ...second, ...(names.length > 0 ? { names } : {}) }, ...rest] };
}

function isTitle({ type, text }: DraftBlock, title: string): boolean {
  if (type !== 'heading' && text.length > title.length + 8) return false;
  const words = lettersOf(text);
  return words !== '' && (words === lettersOf(title) || (type === 'heading' && lettersOf(title).endsWith(words)));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
