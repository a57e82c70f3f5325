/**
 * A page of a PDF as its text layer gives it: stretches of text where they are painted. All measures are in points, `y`
 * counts downward from the top of the page and names the baseline.
 */
export interface PdfPage {
  width: number;
  height: number;
  /** The number printed on the page, as the file's page labels have it. */
  label: string | null;
  items: TextItem[];
}

export interface TextItem {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  isItalic: boolean;
  isBold: boolean;
}

/** Text of one look inside a line. `isRaised` is what stands small above the baseline, as the number of a note does. */
export interface LinePiece {
  text: string;
  isItalic: boolean;
  isBold: boolean;
  isRaised: boolean;
}

/** One printed line of one column. */
export interface Line {
  /** Index of its page. */
  page: number;
  /** The column it stands in: how far that one's lines reach. */
  column: Column;
  start: number;
  end: number;
  y: number;
  /** Of most of its letters. */
  size: number;
  pieces: LinePiece[];
}

/** Lines that stand below each other. `left` is where most of them begin, `right` the farthest that one ends. */
export interface Column {
  left: number;
  right: number;
}

/** A stretch of a row without a wide gap in it, before it is known which column it stands in. */
export type Segment = Omit<Line, 'column' | 'page'>;

export function textOfLine({ pieces }: Line): string {
  return pieces.map(({ text }) => text).join('');
}

/** The value that most of the weight lies on, values within `step` of each other counting as one; null when empty. */
export function commonest(values: readonly { value: number; weight: number }[], step: number): number | null {
  const weights = new Map<number, number>();
  for (const { value, weight } of values) {
    const rounded = Math.round(value / step) * step;
    weights.set(rounded, (weights.get(rounded) ?? 0) + weight);
  }
  let best: number | null = null;
  for (const [value, weight] of weights) if (best === null || weight > (weights.get(best) ?? 0)) best = value;
  return best;
}
