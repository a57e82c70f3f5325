import { bareNumberOf, isChapterHeading } from './chapter-heading.ts';

/** A title page has a handful of short lines. */
const LINES_MAX = 6;
const LINE_MAX_CHARS = 60;
const startsLikeTitle = /^["'“„«¿¡]?[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const endsLikeProse = /[.,;:!?…]$/u;
/** `Ada Winter`, `N. W. Example`, `Инна Зимина`, `Ursula K. le Guin`. */
const personName = /^\p{Lu}[\p{L}'’.-]*(?:\s+(?:\p{Lu}[\p{L}'’.-]*|de|du|da|van|von|der|le|la)){1,4}$/u;
const contentsHeading =
  /^(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|indice|inhoud|содержание|оглавление|зміст|目次|目录|目錄)[.:]?$/iu;

interface Front {
  title: string | null;
  author: string | null;
}

/**
 * Takes title and author off a title page: short lines before the first line that announces a chapter, one of them alone in
 * capitals (the title), another a person's name. What else stands there stays.
 */
export function takeTitlePage(groups: string[][], front: Front): void {
  const first = groups.findIndex((group) => isChapterHeading(group[0] ?? ''));
  const head = groups.slice(0, Math.max(0, first));
  const lines = head.flat().map((line) => line.trim());
  if (lines.length === 0 || lines.length > LINES_MAX || !lines.every(isShort)) return;
  const capitals = lines.filter(isInCapitals);
  const [title] = capitals;
  if (title === undefined || capitals.length > 1) return;
  const names = lines.filter((line) => line !== title && personName.test(line));
  const [name] = names.length === 1 ? names : [];
  front.title ??= title;
  front.author ??= name ?? null;
  const rest = head
    .map((group) => group.filter((line) => line.trim() !== title && line.trim() !== name))
    .filter((group) => group.length > 0);
  groups.splice(0, head.length, ...rest);
}

/** So much under a short line is a paragraph, and the line its title. */
const PARAGRAPH_MIN_CHARS = 60;
const endsSentence = /[.!?…。！？][\p{Pe}\p{Pf}"']*$/u;
const isNotice = /copyright|©|https?:|[@[\]|]/iu;

/**
 * Takes the title off a chapter that somebody pasted: a short line that is no sentence, over a paragraph that is one. Where
 * lines are paragraphs (`linesStandAlone`) nothing need be between the two.
 */
export function takeLoneTitle(groups: string[][], front: Front, linesStandAlone: boolean): void {
  const [first, next] = groups;
  const title = first?.[0]?.trim() ?? '';
  const paragraph = first?.length === 1 ? next : linesStandAlone ? first?.slice(1, 2) : undefined;
  const below = paragraph?.map((line) => line.trim()).join(' ') ?? '';
  if (below.length < PARAGRAPH_MIN_CHARS || !endsSentence.test(below)) return;
  if (!isShort(title) || !startsLikeTitle.test(title) || isNotice.test(title) || isChapterHeading(title)) return;
  front.title = title;
  first?.shift();
  if (first?.length === 0) groups.shift();
}

function isShort(line: string): boolean {
  return line.length <= LINE_MAX_CHARS && !endsLikeProse.test(line) && bareNumberOf(line) === null;
}

const isInCapitals = (line: string): boolean => /\p{Lu}.*\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line);

/**
 * Numbers that stand alone, each above a line that is a title (`II`, then `THE LAMP`), become one line with it: `II: THE LAMP`.
 * `titled` are those groups; none where any number has no title under it.
 */
export function joinTitledNumbers(groups: readonly string[][]): {
  groups: readonly string[][];
  titled: ReadonlySet<string[]>;
} {
  const joined: string[][] = [];
  const titled = new Set<string[]>();
  for (let index = 0; index < groups.length; index += 1) {
    const group = groups[index] ?? [];
    const number = group[0]?.trim() ?? '';
    if (bareNumberOf(number) === null || group.length > 2) {
      joined.push(group);
      continue;
    }
    const below = group.length === 2 ? [group[1] ?? ''] : (groups[index + 1] ?? []);
    const title = below.length === 1 ? (below[0]?.trim() ?? '') : '';
    if (!/\p{L}/u.test(title) || !isShort(title)) return { groups, titled: new Set() };
    const whole = [`${number.replace(/\.$/u, '')}: ${title}`];
    titled.add(whole);
    joined.push(whole);
    if (group.length === 1) index += 1;
  }
  return titled.size > 1 ? { groups: joined, titled } : { groups, titled: new Set() };
}

/** The groups of a list of contents at the beginning: its heading, and lines that each say a heading of the text. */
export function contentsGroups(groups: readonly string[][], headings: readonly string[]): number {
  if (!contentsHeading.test(groups[0]?.[0]?.trim() ?? '')) return 0;
  const said = headings.map(wordsOf);
  const listed = (line: string): boolean => {
    const words = wordsOf(line.replace(/[\s.·…]*\d+$/u, ''));
    return said.some((heading) => heading === words || heading.endsWith(` ${words}`));
  };
  const own = groups[0]?.slice(1) ?? [];
  if (!own.every(listed)) return 0;
  let end = 1;
  // A heading of the text says itself too, and has no company.
  while ((groups[end]?.length ?? 0) > 1 && groups[end]?.every(listed) === true) end += 1;
  return own.length > 0 || end > 1 ? end : 0;
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
