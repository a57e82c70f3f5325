import { countWords } from '#shared/text/words.ts';
import { authorOfByline } from './byline.ts';
import { isChapterHeading } from './chapter-heading.ts';
import type { DraftBlock, DraftChapter } from './importer.ts';

/** Sections this long on average are chapters even when their headings do not say so; a web article's are shorter. */
const CHAPTER_WORDS_MIN = 800;

type Heading = Extract<DraftBlock, { type: 'heading' }>;

export interface BookParts {
  title: string | null;
  author: string | null;
  chapters: DraftChapter[];
}

/**
 * Takes a book title and a byline off the top of a marked-up text and cuts the rest where its chapters begin. A heading
 * that begins a chapter becomes the chapter's title and leaves the text. `title` and `author` are what the source told
 * outside its text; they win.
 */
export function splitMarkedUpText(
  blocks: readonly DraftBlock[],
  title: string | null,
  author: string | null,
): BookParts {
  let rest = blocks;
  let foundTitle: string | null = null;
  const first = rest[0];
  if (first?.type === 'heading' && isBookTitle(first, rest, title)) {
    foundTitle = first.text;
    rest = withNames(rest.slice(1), first.names);
  }
  // A text that is nothing but its title keeps it.
  if (rest.length === 0) rest = blocks;
  const next = rest[0];
  const byline = next !== undefined && next.type !== 'verse' ? authorOfByline(next.text) : null;
  const isOnlyAuthor = next !== undefined && rest.length > 1 && author !== null && sameWords(next.text, author);
  if ((byline !== null && (foundTitle !== null || title !== null)) || isOnlyAuthor) {
    rest = withNames(rest.slice(1), next?.names);
  }
  return { title: title ?? foundTitle, author: author ?? byline, chapters: splitAtHeadings(rest) };
}

/** Cuts at the highest level of headings that form chapters; one chapter without a title when there is none. */
export function splitAtHeadings(blocks: readonly DraftBlock[]): DraftChapter[] {
  const level = chapterLevel(blocks);
  const sections: { heading: Heading | null; blocks: DraftBlock[] }[] = [{ heading: null, blocks: [] }];
  for (const block of blocks) {
    const current = sections.at(-1);
    if (level === null || block.type !== 'heading' || block.level > level) {
      current?.blocks.push(block);
    } else if (current !== undefined && !hasWords(current.blocks)) {
      // A part's heading with no words of its own stays, above the text of the chapter that follows it.
      if (current.heading !== null) current.blocks.push(current.heading);
      current.heading = block;
    } else sections.push({ heading: block, blocks: [] });
  }
  const last = sections.at(-1);
  if (last !== undefined && last.heading !== null && last.blocks.length === 0) {
    sections.pop();
    const before = sections.at(-1) ?? { heading: null, blocks: [] };
    before.blocks.push(last.heading);
    if (sections.length === 0) sections.push(before);
  }
  return sections
    .map(({ heading, blocks: own }) => ({
      title: heading?.text ?? '',
      blocks: withNames(withoutOuterBreaks(own), heading?.names),
    }))
    .filter((chapter) => chapter.blocks.length > 0);
}

/** What led to a heading that left the text leads to what follows it. */
function withNames(blocks: readonly DraftBlock[], names: readonly string[] = []): DraftBlock[] {
  const [first, ...rest] = blocks;
  if (first === undefined || names.length === 0) return [...blocks];
  return [{ ...first, names: [...names, ...(first.names ?? [])] }, ...rest];
}

function hasWords(blocks: readonly DraftBlock[]): boolean {
  return blocks.some(({ type }) => type !== 'break' && type !== 'heading');
}

function isBookTitle(first: Heading, blocks: readonly DraftBlock[], title: string | null): boolean {
  if (title !== null) return sameWords(title, first.text);
  if (first.level > 2 || isChapterHeading(first.text)) return false;
  const sameLevel = blocks.filter((block) => block.type === 'heading' && block.level <= first.level).length;
  const second = blocks[1];
  return sameLevel === 1 || second?.type === 'heading' || authorOfByline(second?.text ?? '') !== null;
}

function chapterLevel(blocks: readonly DraftBlock[]): number | null {
  const headings = blocks.filter((block) => block.type === 'heading');
  for (const level of [1, 2, 3, 4]) {
    const here = headings.filter((heading) => heading.level === level);
    const named = here.filter((heading) => isChapterHeading(heading.text)).length;
    if (level === 1 && here.length > 1) return level;
    if (named > 0 && named >= here.length / 2) return level;
    if (level <= 3 && here.length > 1 && wordsPerSection(blocks, level) >= CHAPTER_WORDS_MIN) return level;
  }
  const first = blocks[0];
  const isAlone = first?.type === 'heading' && headings.filter(({ level }) => level <= first.level).length === 1;
  return isAlone && first.level <= 2 ? first.level : null;
}

function wordsPerSection(blocks: readonly DraftBlock[], level: number): number {
  const begin = blocks.findIndex((block) => block.type === 'heading' && block.level === level);
  const sections = blocks.filter((block) => block.type === 'heading' && block.level === level).length;
  const words = blocks.slice(begin).reduce((sum, block) => sum + countWords(block.text, 'und'), 0);
  return words / sections;
}

function withoutOuterBreaks(blocks: readonly DraftBlock[]): DraftBlock[] {
  const first = blocks.findIndex(({ type }) => type !== 'break');
  const last = blocks.findLastIndex(({ type }) => type !== 'break');
  return first < 0 ? [] : blocks.slice(first, last + 1);
}

function sameWords(one: string, other: string): boolean {
  return wordsOnly(one) === wordsOnly(other);
}

function wordsOnly(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
