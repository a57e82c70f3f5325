import { isChapterHeading } from '../chapter-heading.ts';
import { isVerse } from '../verse.ts';
import { isBodySize, isIndented } from './body-look.ts';
import type { BodyLook } from './body-look.ts';
import { textOfLine } from './page.ts';
import type { Line } from './page.ts';

export interface Paragraph {
  kind: 'paragraph' | 'heading' | 'verse' | 'item';
  /** Of a heading: 1 for the largest letters of the document. */
  level: number;
  /** A white strip stands above it that is wider than those between paragraphs. */
  isAfterGap: boolean;
  lines: Line[];
}

/** Letters this much larger than the text's are a heading. */
const HEADING_SIZE_MIN = 1.12;
const HEADING_MAX_CHARS = 200;
/** Lines further apart than this, in leadings, are of two paragraphs; and than this of two scenes. */
const PARAGRAPH_GAP_MIN = 1.3;
const SCENE_GAP_MIN = 1.75;
const SCENE_GAP_MAX = 5;
/** Of prose, so many lines but the last end within this share of the widest one's end. */
const FULL_LINES_MIN = 0.6;
const FULL_LINE_SLACK = 0.1;
/** A verse does not reach the edge that prose fills. */
const VERSE_WIDTH_MAX = 0.85;

const endsSentence = /[.!?:…。！？]["'’”»)\]」』]*\s*$/u;
const bullet = /^\s*[•‣◦▪●–—]\s+\S/u;

/** Cuts lines in reading order into paragraphs, headings, list items and verse, by indents, gaps, short lines and sizes. */
export function paragraphsOf(lines: readonly Line[], look: BodyLook): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const sizes = headingSizes(lines, look);
  const edges = rightEdges(lines, look);
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const last = paragraphs.at(-1);
    const level = headingLevel(line, before, lines[index + 1], sizes, look);
    const kind = level !== null ? 'heading' : bullet.test(textOfLine(line)) ? 'item' : 'paragraph';
    const runsOn =
      before !== undefined &&
      last !== undefined &&
      (kind === 'heading'
        ? last.kind === 'heading' && last.level === level && isSameHeading(before, line)
        : kind === 'paragraph' && last.kind !== 'heading' && goesOn(last, before, line, look, edges));
    if (runsOn) last.lines.push(line);
    else paragraphs.push({ kind, level: level ?? 0, isAfterGap: isAfterGap(before, line, look), lines: [line] });
  }
  const shaped = withVerse(paragraphs, look);
  // What is no prose stands apart by itself.
  const isProse = (paragraph: Paragraph | undefined) => paragraph?.kind === 'paragraph';
  return shaped.map((paragraph, index) => ({
    ...paragraph,
    isAfterGap: paragraph.isAfterGap && isProse(paragraph) && isProse(shaped[index - 1]),
  }));
}

/** The sizes that headings come in, largest first. */
function headingSizes(lines: readonly Line[], look: BodyLook): number[] {
  const sizes = lines.filter((line) => isLarge(line, look)).map(({ size }) => Math.round(size));
  return [...new Set(sizes)].toSorted((a, b) => b - a);
}

function isLarge(line: Line, look: BodyLook): boolean {
  return line.size >= look.size * HEADING_SIZE_MIN && textOfLine(line).length <= HEADING_MAX_CHARS;
}

function headingLevel(
  line: Line,
  before: Line | undefined,
  after: Line | undefined,
  sizes: readonly number[],
  look: BodyLook,
): number | null {
  const text = textOfLine(line).trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  if (isLarge(line, look)) return Math.min(4, sizes.indexOf(Math.round(line.size)) + 1);
  const standsAlone = gapBetween(before, line, look) >= PARAGRAPH_GAP_MIN && gapBetween(line, after, look) >= 1.1;
  if (!standsAlone || text.length > 90 || endsSentence.test(text.replace(/[.:]$/u, ''))) return null;
  const isBold = line.pieces.every((piece) => piece.isBold || piece.text.trim() === '');
  const isOutOfLine = isCentred(line) || gapBetween(line, after, look) >= PARAGRAPH_GAP_MIN;
  if (isChapterHeading(text) && isOutOfLine) return Math.min(4, sizes.length + 1);
  return isBold && !/[.,;]$/u.test(text) ? Math.min(4, sizes.length + 1) : null;
}

/** The distance to the line above in leadings of the text; without end where there is no line above in the same column. */
function gapBetween(before: Line | undefined, line: Line | undefined, look: BodyLook): number {
  if (before === undefined || line === undefined || before.page !== line.page) return Infinity;
  const gap = line.y - before.y;
  return gap <= 0 ? Infinity : gap / look.leading;
}

function isCentred({ start, end, column }: Line): boolean {
  const left = start - column.left;
  const right = column.right - end;
  return left > 8 && Math.abs(left - right) < 8;
}

function isSameHeading(before: Line, line: Line): boolean {
  const gap = line.y - before.y;
  return before.page === line.page && Math.abs(before.size - line.size) < 1 && gap > 0 && gap < line.size * 1.7;
}

function goesOn(last: Paragraph, before: Line, line: Line, look: BodyLook, edges: Edges): boolean {
  const [first] = last.lines;
  // The lines of a list item stand below its words, not below its dot.
  const hangs = last.kind === 'item' && first !== undefined && line.start > first.start + line.size * 0.4;
  return hangs ? gapBetween(before, line, look) <= PARAGRAPH_GAP_MIN : isSameParagraph(before, line, look, edges);
}

/** How far the lines of a narrower piece of prose reach, such as a quotation that is set in on both sides. */
type Edges = ReadonlyMap<Line, number>;

/** Finds at least three lines below each other that begin alike and mostly end alike. */
function rightEdges(lines: readonly Line[], look: BodyLook): Edges {
  const edges = new Map<Line, number>();
  let run: Line[] = [];
  const endRun = () => {
    const edge = Math.max(...run.map(({ end }) => end));
    const width = edge - (run[0]?.start ?? 0);
    const full = run.slice(0, -1).filter(({ end }) => end > edge - width * FULL_LINE_SLACK).length;
    if (run.length >= 3 && full >= (run.length - 1) * FULL_LINES_MIN) for (const line of run) edges.set(line, edge);
    run = [];
  };
  for (const line of lines) {
    const before = run.at(-1);
    const isAlike =
      before !== undefined &&
      before.column === line.column &&
      Math.abs(before.start - line.start) < line.size * 0.3 &&
      gapBetween(before, line, look) <= PARAGRAPH_GAP_MIN;
    if (!isAlike) endRun();
    run.push(line);
  }
  endRun();
  return edges;
}

function isSameParagraph(before: Line, line: Line, look: BodyLook, edges: Edges): boolean {
  if (Math.abs(before.size - line.size) > look.size * 0.08) return false;
  const gap = line.y - before.y;
  const isBelow = before.page === line.page && before.column === line.column && gap > 0;
  if (isBelow && gap > look.leading * PARAGRAPH_GAP_MIN * Math.max(1, line.size / look.size)) return false;
  if (isCentred(before) && isCentred(line) && !edges.has(line)) return false;
  const edge = edges.get(before) ?? before.column.right;
  const isShort = isShortLine(before, line, edge);
  const text = textOfLine(before);
  if (isIndented(line)) {
    // Lines that are all indented alike are a quotation, or speeches of one line each.
    const isAlike = Math.abs(before.start - line.start) < line.size * 0.4;
    if (!isAlike || isShort) return false;
  }
  if (endsSentence.test(text)) return !isShort;
  // Whoever breaks a line far from the edge, in the middle of a sentence, means it.
  return edge - before.end < (edge - before.column.left) * 0.3;
}

/** Whether the next line's first word would have fitted into this one. */
function isShortLine(before: Line, line: Line, edge: number): boolean {
  const text = textOfLine(line).trim();
  const first = /^\S+/u.exec(text)?.[0].length ?? 0;
  const perLetter = (line.end - line.start) / Math.max(1, text.length);
  return edge - before.end > (first + 1) * perLetter + line.size * 0.4;
}

function isAfterGap(before: Line | undefined, line: Line, look: BodyLook): boolean {
  if (before?.page !== line.page || before.column !== line.column) return false;
  if (!look.isIndented || !isBodySize(before, look.size) || !isBodySize(line, look.size)) return false;
  const gap = (line.y - before.y) / look.leading;
  return gap >= SCENE_GAP_MIN && gap <= SCENE_GAP_MAX;
}

/** Short lines that follow each other and do not end as sentences do are verse. */
function withVerse(paragraphs: readonly Paragraph[], look: BodyLook): Paragraph[] {
  const result: Paragraph[] = [];
  let run: Paragraph[] = [];
  const endRun = () => {
    const lines = run.flatMap((paragraph) => paragraph.lines);
    const [first] = run;
    if (first !== undefined && lines.length >= 3 && isVerse(lines.map(textOfLine)))
      result.push({ ...first, kind: 'verse', lines });
    else result.push(...run);
    run = [];
  };
  for (const paragraph of paragraphs) {
    const [line] = paragraph.lines;
    const before = run.at(-1)?.lines[0];
    const isLine =
      paragraph.kind === 'paragraph' && paragraph.lines.length === 1 && line !== undefined && isVerseLine(line);
    const follows = before === undefined || gapBetween(before, line, look) < PARAGRAPH_GAP_MIN;
    if (!isLine || !follows) endRun();
    if (isLine) run.push(paragraph);
    else result.push(paragraph);
  }
  endRun();
  return result;
}

function isVerseLine({ end, column }: Line): boolean {
  return end - column.left < (column.right - column.left) * VERSE_WIDTH_MAX;
}
