import type { DraftMark } from './importer.ts';

type WithoutPlace<M> = M extends unknown ? Omit<M, 'start' | 'end'> : never;

/** A mark without its place: what an importer knows while it walks. */
export type InlineMark = WithoutPlace<DraftMark>;

/** A stretch of source text under the same marks. */
export interface Piece {
  text: string;
  marks: readonly InlineMark[];
}

export interface ComposedText {
  text: string;
  marks: DraftMark[];
}

interface Edit {
  index: number;
  length: number;
  replacement: string;
}

const LINE_TAB = '    ';
// Controls, soft hyphens, byte order marks, and the embedding controls that let text pose as other text.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u202a-\u202e\ufeff\ufff9-\ufffb]/gu;
const whiteSpace = /[\s\u200b]*\s[\s\u200b]*/gu;
/** Typographic spaces that mean something when they stand alone. */
const keptSpaces = new Set(['\u00a0', '\u202f', '\u2009', '\u3000']);
const lineEnds = /[ \t\u00a0]*(?:\r\n|[\r\n\v\f\u0085\u2028\u2029])/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether a mark stands between two characters instead of over some. */
export const isPoint = ({ type }: InlineMark): boolean => type === 'noteref' || type === 'page';
const leadsOn = ({ type }: InlineMark): boolean => type === 'link' || type === 'jump';

/** The marks with one more; the same array when it is there already. One link holds at a time: the inner one. */
export function withMark(marks: readonly InlineMark[], mark: InlineMark): readonly InlineMark[] {
  if (leadsOn(mark)) return [...marks.filter((other) => !leadsOn(other)), mark];
  if (mark.type === 'language') return [...marks.filter(({ type }) => type !== 'language'), mark];
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

/**
 * Joins pieces into a block's text: NFC, no control characters, white space folded (`prose`) or lines kept as they stand
 * (`lines`: verse and code), nothing empty at either end. The marks follow every change and never begin or end in space.
 * A piece without text sets its marks as points, between two characters.
 */
export function composeText(pieces: readonly Piece[], layout: 'prose' | 'lines'): ComposedText {
  let text = '';
  const open = new Map<string | InlineMark, DraftMark>();
  const marks: DraftMark[] = [];
  for (const piece of pieces) {
    const start = text.length;
    text += piece.text.toWellFormed();
    if (piece.text === '') {
      for (const mark of piece.marks) marks.push({ ...mark, start, end: start });
      continue;
    }
    const keys = new Set<string | InlineMark>();
    for (const mark of piece.marks) {
      const key = keyOf(mark);
      keys.add(key);
      const going = open.get(key);
      if (going !== undefined) going.end = text.length;
      else {
        const begun: DraftMark = { ...mark, start, end: text.length };
        open.set(key, begun);
        marks.push(begun);
      }
    }
    for (const key of open.keys()) if (!keys.has(key)) open.delete(key);
  }
  let composed: ComposedText = { text, marks };
  composed = applyEdits(composed, editsOf(composed.text, unprintable, ''));
  composed = layout === 'prose' ? foldSpace(composed) : tidyLines(composed);
  composed = applyEdits(composed, compositionEdits(composed.text));
  return { text: composed.text, marks: tidyMarks(composed) };
}

/** Marks of one key that touch are one mark. Two rubies never are, even where they read the same. */
function keyOf(mark: InlineMark): string | InlineMark {
  switch (mark.type) {
    case 'ruby':
      return mark;
    case 'link':
    case 'jump':
    case 'language':
      return JSON.stringify(mark);
    default:
      return mark.type;
  }
}

function foldSpace(composed: ComposedText): ComposedText {
  const folded = applyEdits(
    composed,
    editsOf(composed.text, whiteSpace, (run) => (keptSpaces.has(run) ? run : ' ')),
  );
  return trimTo(folded, folded.text.length - folded.text.trimStart().length, folded.text.trimEnd().length);
}

function tidyLines(composed: ComposedText): ComposedText {
  let tidy = applyEdits(composed, editsOf(composed.text, lineEnds, '\n'));
  tidy = applyEdits(
    tidy,
    editsOf(tidy.text, /[\t\u00a0]/gu, (space) => (space === '\t' ? LINE_TAB : ' ')),
  );
  const end = tidy.text.trimEnd().length;
  // The indent of the first line stays.
  const blankLines = /^(?:[^\S\n]*\n)*/u.exec(tidy.text)?.[0].length ?? 0;
  return trimTo(tidy, Math.min(blankLines, end), end);
}

function trimTo({ text, marks }: ComposedText, from: number, to: number): ComposedText {
  const end = Math.max(from, to);
  const clamp = (offset: number) => Math.min(Math.max(offset, from), end) - from;
  return {
    text: text.slice(from, end),
    marks: marks.map((mark) => ({ ...mark, start: clamp(mark.start), end: clamp(mark.end) })),
  };
}

function editsOf(text: string, pattern: RegExp, replace: string | ((found: string) => string)): Edit[] {
  const edits: Edit[] = [];
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const replacement = typeof replace === 'string' ? replace : replace(found);
    if (replacement !== found) edits.push({ index, length: found.length, replacement });
  }
  return edits;
}

function compositionEdits(text: string): Edit[] {
  if (text === text.normalize('NFC')) return [];
  const edits: Edit[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const replacement = segment.normalize('NFC');
    if (replacement !== segment) edits.push({ index, length: segment.length, replacement });
  }
  return edits;
}

/** Carries out edits that stand in order and apart; a mark's end inside an edit moves with what replaces it. */
function applyEdits({ text, marks }: ComposedText, edits: Edit[]): ComposedText {
  if (edits.length === 0) return { text, marks };
  const points = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const moved = new Map<number, number>();
  let result = '';
  let from = 0;
  let next = 0;
  const movePoints = (to: number, limit: number) => {
    for (; next < points.length && (points[next] ?? 0) < to; next += 1) {
      const point = points[next] ?? 0;
      moved.set(point, result.length + Math.min(point - from, limit));
    }
  };
  for (const { index, length, replacement } of edits) {
    movePoints(index, Infinity);
    result += text.slice(from, index);
    from = index;
    movePoints(index + length, replacement.length);
    result += replacement;
    from = index + length;
  }
  movePoints(Infinity, Infinity);
  result += text.slice(from);
  const place = (point: number) => moved.get(point) ?? point;
  return { text: result, marks: marks.map((mark) => ({ ...mark, start: place(mark.start), end: place(mark.end) })) };
}

function tidyMarks({ text, marks }: ComposedText): DraftMark[] {
  return marks
    .map((mark) => {
      if (isPoint(mark)) return mark;
      const inner = text.slice(mark.start, mark.end);
      const start = mark.start + inner.length - inner.trimStart().length;
      return { ...mark, start, end: Math.max(start, mark.start + inner.trimEnd().length) };
    })
    .filter((mark) => mark.end > mark.start || isPoint(mark))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
