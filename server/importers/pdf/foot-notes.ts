import { textOfLine } from './page.ts';
import type { Line, LinePiece } from './page.ts';

/** Notes at the foot are set smaller than this share of the text. */
const NOTE_SIZE_MAX = 0.93;
const labelled = /^\s*(\d{1,3}|[*†‡§¶]{1,3})[.)]?(?=\s*\S)/u;

/** A note at the foot of a page. `name` is its page and label, as `noteName` gives them. */
export interface FootNote {
  name: string;
  lines: Line[];
}

export interface TextAndNotes {
  pages: Line[][];
  notes: FootNote[];
}

export function noteName(page: number, label: string): string {
  return `p${page} ${label.trim()}`;
}

/**
 * Takes the notes from the feet of the pages: small lines below the text of their column that begin with a label which
 * stands raised in the text of the page. A note that runs on begins the next page's notes without a label.
 */
export function takeFootNotes(pages: readonly Line[][], bodySize: number): TextAndNotes {
  const notes: FootNote[] = [];
  const kept = pages.map((page, index) => {
    const feet = footsOf(page, bodySize * NOTE_SIZE_MAX);
    const inFeet = new Set(feet.flat());
    const wanted = raisedIn(page.filter((line) => !inFeet.has(line)));
    const taken = new Set<Line>();
    const before = notes.at(-1);
    for (const foot of feet) {
      let current: FootNote | null = before?.name.startsWith(`p${index - 1} `) === true ? before : null;
      if (!foot.some((line) => wanted.has(labelOf(line) ?? ''))) continue;
      for (const line of foot) {
        const label = labelOf(line);
        if (label !== null && wanted.has(label)) {
          current = { name: noteName(index, label), lines: [withoutLabel(line)] };
          notes.push(current);
        } else if (current !== null) current.lines.push(line);
        if (current !== null) taken.add(line);
      }
    }
    return page.filter((line) => !taken.has(line));
  });
  return { pages: kept, notes };
}

/** The small lines at the end of each column of a page. */
function footsOf(page: readonly Line[], sizeMax: number): Line[][] {
  return [...new Set(page.map(({ column }) => column))].map((column) => {
    const lines = page.filter((line) => line.column === column).toSorted((a, b) => a.y - b.y);
    const last = lines.findLastIndex(({ size }) => size > sizeMax);
    return last < 0 ? [] : lines.slice(last + 1);
  });
}

function raisedIn(lines: readonly Line[]): Set<string> {
  return new Set(
    lines.flatMap(({ pieces }) => pieces.filter(({ isRaised }) => isRaised).map(({ text }) => text.trim())),
  );
}

function labelOf(line: Line): string | null {
  const [first] = line.pieces;
  if (first?.isRaised === true) return first.text.trim();
  return labelled.exec(textOfLine(line))?.[1] ?? null;
}

function withoutLabel(line: Line): Line {
  const [first, ...rest] = line.pieces;
  if (first === undefined) return line;
  const pieces: LinePiece[] = first.isRaised ? rest : [{ ...first, text: first.text.replace(labelled, '') }, ...rest];
  return { ...line, pieces };
}
