import { commonest, textOfLine } from './page.ts';
import type { Line } from './page.ts';

/** How the running text of a document is set; everything else is told by how it differs. */
export interface BodyLook {
  size: number;
  /** From baseline to baseline. */
  leading: number;
  /** Paragraphs begin with an indent, and no white line stands between them. */
  isIndented: boolean;
  isItalic: boolean;
}

/** An indent of a first line, in sizes; more is a line that is centred or set to the right. */
export const INDENT_MIN = 0.6;
export const INDENT_MAX = 5;

/** What most letters of the document have in common. */
export function bodyLookOf(pages: readonly (readonly Line[])[]): BodyLook {
  const lines = pages.flat();
  const size = commonest(
    lines.map((line) => ({ value: line.size, weight: textOfLine(line).length })),
    0.5,
  );
  const body = lines.filter((line) => isBodySize(line, size ?? 0));
  const steps: number[] = [];
  for (const [index, line] of body.entries()) {
    const before = body[index - 1];
    if (before?.page !== line.page || before.column !== line.column) continue;
    const step = line.y - before.y;
    if (step > line.size * 0.8 && step < line.size * 3) steps.push(step);
  }
  const leading = commonest(
    steps.map((value) => ({ value, weight: 1 })),
    0.5,
  );
  const begins = { indented: 0, apart: 0 };
  for (const [index, line] of body.entries()) {
    const before = body[index - 1];
    if (before?.page !== line.page || before.column !== line.column) continue;
    const isApart = line.y - before.y > (leading ?? 0) * 1.3;
    if (isApart) begins.apart += 1;
    else if (isIndented(line) && !isIndented(before)) begins.indented += 1;
  }
  const letters = body.flatMap(({ pieces }) => pieces);
  const count = (pieces: typeof letters) => pieces.reduce((sum, { text }) => sum + text.length, 0);
  return {
    size: size ?? 0,
    leading: leading ?? (size ?? 0) * 1.2,
    isIndented: begins.indented > begins.apart,
    isItalic: count(letters.filter((piece) => piece.isItalic)) > count(letters) / 2,
  };
}

export function isBodySize({ size }: Line, bodySize: number): boolean {
  return Math.abs(size - bodySize) <= bodySize * 0.06;
}

export function isIndented({ start, size, column }: Line): boolean {
  const indent = (start - column.left) / size;
  return indent >= INDENT_MIN && indent <= INDENT_MAX;
}
