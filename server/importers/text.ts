import { authorOfByline } from './byline.ts';
import { BlockWriter } from './block-writer.ts';
import { bareNumberOf, isBareChapterHeading, isChapterHeading } from './chapter-heading.ts';
import { directionOf, guessLanguage } from './guess-language.ts';
import type { DraftBlock, TextImporter } from './importer.ts';
import { piecesOfPlainText } from './plain-inline.ts';
import { lineGroups, stretchesOf, wrapColumn } from './plain-layout.ts';
import { contentsGroups, joinTitledNumbers, takeLoneTitle, takeTitlePage } from './plain-front.ts';
import { splitAtReferences, takePlainNotes } from './plain-notes.ts';
import type { PlainNote } from './plain-notes.ts';
import { isSceneBreak } from './scene-break.ts';
import { splitAtHeadings } from './split-chapters.ts';

const TITLE_MAX_CHARS = 100;
/** So many headings with no words between them are a table of contents. */
const CONTENTS_MIN_LINES = 3;

const gutenbergStart = /^\*\*\* ?START OF TH(?:E|IS) PROJECT GUTENBERG EBOOK.*$/imu;
const gutenbergEnd = /^\*\*\* ?END OF TH(?:E|IS) PROJECT GUTENBERG EBOOK.*$/imu;
const labelled = /^(title|titel|titre|título|titolo|название|author|autor|auteur|autore|автор|by)\s*:\s*(\S.*)$/iu;
const titleLabel = /^ti|^tí|^назв/iu;
const endsLikeProse = /[.,;:!?…"”’»)]$/u;

interface Front {
  title: string | null;
  author: string | null;
}

/**
 * Plain text in: paragraphs by blank lines or one a line, wrapped lines joined, verse and scene breaks kept, chapter
 * headings in several languages, `_emphasis_`. Title and author only where the first lines plainly say them.
 */
export const textImporter: TextImporter = {
  format: 'text',
  read(source) {
    const front: Front = { title: null, author: null };
    const { groups, notes } = takePlainNotes(lineGroups(gutenbergBody(source, front)));
    const column = wrapColumn(groups);
    takeFront(groups, front);
    if (front.title === null) takeTitlePage(groups, front);
    if (front.title === null) takeLoneTitle(groups, front, column === null);
    const blocks = blocksOf(groups, column, notes);
    const language = guessLanguage(blocks.map(({ text }) => text).join('\n'));
    return { ...front, language, direction: directionOf(language), chapters: splitAtHeadings(blocks) };
  },
};

/** Project Gutenberg's licence goes round the book, with title and author in the part before it. */
function gutenbergBody(source: string, front: Front): string {
  const start = gutenbergStart.exec(source);
  if (start === null) return source;
  for (const line of source.slice(0, start.index).split(/\r?\n/u)) takeLabel(line, front);
  const body = source.slice(start.index + start[0].length);
  const end = gutenbergEnd.exec(body);
  return end === null ? body : body.slice(0, end.index);
}

function takeLabel(line: string, front: Front): boolean {
  const match = labelled.exec(line.trim());
  const value = match?.[2]?.trim();
  if (match === null || value === undefined) return false;
  if (titleLabel.test(match[1] ?? '')) front.title ??= value;
  else front.author ??= value;
  return true;
}

/** Takes title and author off the top: `Title: …` lines, a title over a byline, or a title over the first chapter. */
function takeFront(groups: string[][], front: Front): void {
  while (groups[0] !== undefined && groups[0].length <= 4 && groups[0].every((line) => labelled.test(line.trim()))) {
    for (const line of groups[0]) takeLabel(line, front);
    groups.shift();
  }
  const lines = groups.slice(0, 2).flatMap((group) => group.slice(0, 3));
  const [first, second] = lines.map((line) => line.trim());
  if (first === undefined || second === undefined || !isTitleLike(first) || isChapterHeading(first)) return;
  const author = authorOfByline(second);
  if (author === null && !isChapterHeading(second)) return;
  front.title ??= first.replace(/^[*_"“]+|[*_"”]+$/gu, '');
  dropLine(groups);
  if (author === null) return;
  front.author ??= author;
  dropLine(groups);
}

function dropLine(groups: string[][]): void {
  groups[0]?.shift();
  if (groups[0]?.length === 0) groups.shift();
}

function isTitleLike(line: string): boolean {
  return line.length <= TITLE_MAX_CHARS && !endsLikeProse.test(line.replace(/["”]$/u, '')) && !isSceneBreak(line);
}

function blocksOf(groups: readonly string[][], column: number | null, notes: readonly PlainNote[]): DraftBlock[] {
  const writer = new BlockWriter();
  const labels = new Set(notes.map(({ label }) => label));
  const isNumbered = numberedSections(groups);
  // Without a wrapping column every line stands for itself, and may be a heading.
  const separate = column === null ? groups.flatMap(separateHeadings) : groups;
  const { groups: joined, titled } = isNumbered
    ? joinTitledNumbers(separate)
    : { groups: separate, titled: new Set<string[]>() };
  const headings = joined.flatMap((group) => (titled.has(group) ? group : (headingOf(group) ?? [])));
  const parts = joined.slice(contentsGroups(joined, headings));
  for (const [index, group] of parts.entries()) {
    const heading = headingOf(group);
    if (titled.has(group)) {
      writer.text(group.join(''), []);
      writer.end({ type: 'heading', level: 1, quoteDepth: 0 });
    } else if (heading !== null && !isInContents(parts, index)) {
      writer.text(heading, []);
      writer.end({ type: 'heading', level: 2, quoteDepth: 0 });
    } else if (isNumbered && isNumberLine(group)) {
      writer.text(group.join(''), []);
      writer.end({ type: 'heading', level: 3, quoteDepth: 0 });
    } else writeGroup(writer, group, column, labels);
  }
  for (const { label, lines } of notes) {
    writeText(writer, lines.join(joiner(lines)), labels);
    writer.end({ type: 'paragraph', quoteDepth: 0 }, { note: noteName(label) });
  }
  return writer.blocks;
}

function writeGroup(
  writer: BlockWriter,
  group: readonly string[],
  column: number | null,
  labels: ReadonlySet<string>,
): void {
  for (const stretch of stretchesOf(group, column)) {
    const quoteDepth = stretch.quoted ? 1 : 0;
    if (stretch.type === 'paragraph' && stretch.lines.length === 1 && isSceneBreak(stretch.lines[0] ?? '')) {
      writer.sceneBreak(quoteDepth);
      continue;
    }
    const joined = stretch.lines.join(stretch.type === 'verse' ? '\n' : joiner(stretch.lines));
    writeText(writer, joined, labels);
    if (stretch.type === 'item') writer.end({ type: 'listItem', ordinal: stretch.ordinal, depth: 0, quoteDepth });
    else writer.end({ type: stretch.type, quoteDepth });
  }
}

function noteName(label: string): string {
  return `note ${label}`;
}

function writeText(writer: BlockWriter, text: string, labels: ReadonlySet<string>): void {
  for (const piece of piecesOfPlainText(text)) {
    for (const part of splitAtReferences(piece.text, labels)) {
      if (typeof part === 'string') writer.text(part, piece.marks);
      else writer.point({ type: 'noteref', target: noteName(part.label), label: part.label });
    }
  }
}

/** Chinese and Japanese lines join without a space. */
function joiner(lines: readonly string[]): string {
  return lines.slice(0, -1).some((line) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]$/u.test(line))
    ? ''
    : ' ';
}

/** A group that is a chapter heading, with the title that may stand on the line below; null for any other group. */
function headingOf(group: readonly string[]): string | null {
  const [first, second] = group.map((line) => plainHeading(line));
  if (first === undefined || !isChapterHeading(first)) return null;
  if (group.length === 1) return first;
  if (group.length > 2 || second === undefined || !isBareChapterHeading(first) || !isTitleLike(second)) return null;
  return `${first.replace(/[.:：—–-]+$/u, '')}: ${second}`;
}

function plainHeading(line: string): string {
  return line.trim().replace(/^(?:[*_=~]+\s*)+|(?:\s*[*_=~]+)+$/gu, '');
}

function separateHeadings(group: string[]): string[][] {
  if (headingOf(group) !== null || group.length === 1) return [group];
  const parts: string[][] = [];
  let isOpen = false;
  for (const line of group) {
    const stands = headingOf([line]) !== null || isSceneBreak(line);
    if (stands || !isOpen) parts.push([line]);
    else parts.at(-1)?.push(line);
    isOpen = !stands;
  }
  return parts;
}

function isNumberLine(group: readonly string[]): boolean {
  return group.length === 1 && bareNumberOf(group[0] ?? '') !== null;
}

/** Whether numbers stand alone between paragraphs and count up by one, as section numbers do. */
function numberedSections(groups: readonly string[][]): boolean {
  const numbers = groups.filter(isNumberLine).map((group) => bareNumberOf(group[0] ?? '') ?? 0);
  return (
    numbers.length > 1 && numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
  );
}

function isInContents(parts: readonly string[][], index: number): boolean {
  const isHeading = (at: number) => headingOf(parts[at] ?? []) !== null;
  let from = index;
  let to = index;
  while (isHeading(from - 1) && index - from < CONTENTS_MIN_LINES) from -= 1;
  while (isHeading(to + 1) && to - index < CONTENTS_MIN_LINES) to += 1;
  return to - from + 1 > CONTENTS_MIN_LINES;
}
