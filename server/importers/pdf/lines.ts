import { columnGap } from './column-gap.ts';
import { commonest } from './page.ts';
import type { Column, Line, LinePiece, PdfPage, Segment, TextItem } from './page.ts';

/** Smaller than anyone prints; hidden text for searches and watermarks is. */
const SIZE_MIN = 3;
/** Baselines this far apart, in sizes of the smaller text, are of one row. */
const BASELINE_TOLERANCE = 0.25;
/** Raised and lowered text is smaller than this share of its row. */
const RAISED_SIZE_MAX = 0.85;
/** A gap of this share of the size is a space, and of this many sizes parts columns or cells. */
const SPACE_MIN = 0.12;
const SPACE_MAX = 1.2;
const DROP_CAP_SIZE_MIN = 1.6;
const BUCKET = 8;

interface Row {
  y: number;
  size: number;
  items: PlacedItem[];
}

type PlacedItem = TextItem & { isRaised: boolean };

/** A page's text as lines in the order in which they are read: one column after the other between lines that span both. */
export function linesOf(page: PdfPage, index: number): Line[] {
  const items = page.items.filter(({ text, size, width }) => text.trim() !== '' && size >= SIZE_MIN && width > 0);
  const bodySize = commonest(
    items.map(({ size, text }) => ({ value: size, weight: text.length })),
    0.5,
  );
  if (bodySize === null) return [];
  const caps = items.filter((item) => isDropCap(item, bodySize));
  const rows = rowsOf(items.filter((item) => !isDropCap(item, bodySize)));
  const segments = rows.flatMap(segmentsOf);
  for (const cap of caps) putBack(cap, segments);
  const ordered = inReadingOrder(segments, bodySize);
  return ordered.map(({ segment, column }) => ({ ...segment, column, page: index }));
}

function rowsOf(items: readonly TextItem[]): Row[] {
  const buckets = new Map<number, Row[]>();
  // Large text first, so that what is raised or lowered finds the row it belongs to.
  for (const item of items.toSorted((a, b) => b.size - a.size || a.y - b.y || a.x - b.x)) {
    const bucket = Math.floor(item.y / BUCKET);
    const near = [-2, -1, 0, 1, 2].flatMap((by) => buckets.get(bucket + by) ?? []);
    const level = near.find((row) => Math.abs(row.y - item.y) <= BASELINE_TOLERANCE * Math.min(row.size, item.size));
    const beside =
      level ??
      near
        .filter((row) => isRaisedIn(item, row))
        .toSorted((a, b) => a.y - b.y)
        .at(-1);
    if (beside !== undefined) beside.items.push({ ...item, isRaised: level === undefined && item.y < beside.y });
    else {
      const row: Row = { y: item.y, size: item.size, items: [{ ...item, isRaised: false }] };
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), row]);
    }
  }
  return [...buckets.values()].flat().toSorted((a, b) => a.y - b.y);
}

/** Whether small text stands right beside the text of a row, above or below its baseline. */
function isRaisedIn(item: TextItem, row: Row): boolean {
  if (item.size > row.size * RAISED_SIZE_MAX) return false;
  if (item.y < row.y - row.size * 0.7 || item.y > row.y + row.size * 0.35) return false;
  return row.items.some(
    (other) => item.x - (other.x + other.width) < row.size && other.x - (item.x + item.width) < row.size,
  );
}

function segmentsOf(row: Row): Segment[] {
  const isRightToLeft = row.items.filter(({ text }) => /^[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text)).length;
  const items = row.items.toSorted((a, b) => a.x - b.x);
  const groups: PlacedItem[][] = [];
  let reach = -Infinity;
  for (const item of items) {
    if (item.x - reach > SPACE_MAX * row.size) groups.push([item]);
    else groups.at(-1)?.push(item);
    reach = Math.max(reach, item.x + item.width);
  }
  return groups.map((group) => segmentOf(group, row.y, isRightToLeft > row.items.length / 2));
}

function segmentOf(items: PlacedItem[], y: number, isRightToLeft: boolean): Segment {
  const pieces: LinePiece[] = [];
  let before: PlacedItem | null = null;
  for (const item of isRightToLeft ? items.toReversed() : items) {
    const { isItalic, isBold, isRaised } = item;
    const gap = before === null ? 0 : gapBetween(before, item);
    const needsSpace = gap > SPACE_MIN * item.size && !/\s$/u.test(before?.text ?? '') && !/^\s/u.test(item.text);
    const last = pieces.at(-1);
    // A space takes the look of what stands before it, so that a mark does not begin with one.
    if (needsSpace && last !== undefined) last.text += ' ';
    const isSame = last?.isItalic === isItalic && last.isBold === isBold && last.isRaised === isRaised;
    if (isSame) last.text += item.text;
    else pieces.push({ text: item.text, isItalic, isBold, isRaised });
    before = item;
  }
  const level = items.filter(({ isRaised }) => !isRaised);
  const size = commonest(
    (level.length > 0 ? level : items).map((item) => ({ value: item.size, weight: item.text.length })),
    0.1,
  );
  return {
    start: Math.min(...items.map(({ x }) => x)),
    end: Math.max(...items.map(({ x, width }) => x + width)),
    y,
    size: size ?? 0,
    pieces,
  };
}

function gapBetween(one: TextItem, other: TextItem): number {
  return one.x < other.x ? other.x - (one.x + one.width) : one.x - (other.x + other.width);
}

/** A large first letter that several lines stand beside. */
function isDropCap({ text, size }: TextItem, bodySize: number): boolean {
  return size >= bodySize * DROP_CAP_SIZE_MIN && /^["“«„']?\p{Lu}$/u.test(text.trim());
}

function putBack(cap: TextItem, segments: Segment[]): void {
  const right = cap.x + cap.width;
  const beside = segments.filter(
    ({ start, y, size }) =>
      start > cap.x && start - right < size * 2 && y <= cap.y + size * 0.3 && y > cap.y - cap.size * 0.95,
  );
  const [first] = beside.toSorted((a, b) => a.y - b.y);
  const piece: LinePiece = { text: cap.text.trim(), isItalic: false, isBold: false, isRaised: false };
  if (first === undefined) {
    segments.push({ start: cap.x, end: right, y: cap.y, size: cap.size, pieces: [piece] });
    return;
  }
  first.pieces.unshift(piece);
  for (const segment of beside) segment.start = cap.x;
}

function inReadingOrder(segments: Segment[], bodySize: number): { segment: Segment; column: Column }[] {
  const gap = columnGap(segments, bodySize);
  if (gap === null) return withColumn(joinRows(segments));
  const middle = (gap.from + gap.to) / 2;
  const isSpanning = ({ start, end }: Segment) => start < middle && end > middle;
  const ordered: { segment: Segment; column: Column }[] = [];
  const columnOf = (isMine: (segment: Segment) => boolean) => extentOf(segments.filter(isMine), bodySize);
  const isLeft = (segment: Segment) => !isSpanning(segment) && segment.end <= middle;
  const isRight = (segment: Segment) => !isSpanning(segment) && segment.end > middle;
  const left = columnOf(isLeft);
  const right = columnOf(isRight);
  const whole = { left: left.left, right: right.right };
  let band: Segment[] = [];
  const endBand = () => {
    for (const segment of joinRows(band.filter(isLeft))) ordered.push({ segment, column: left });
    for (const segment of joinRows(band.filter(isRight))) ordered.push({ segment, column: right });
    band = [];
  };
  for (const segment of segments.toSorted((a, b) => a.y - b.y)) {
    if (!isSpanning(segment)) band.push(segment);
    else {
      endBand();
      ordered.push({ segment, column: whole });
    }
  }
  endBand();
  return ordered;
}

function withColumn(segments: Segment[]): { segment: Segment; column: Column }[] {
  const size = commonest(
    segments.map((segment) => ({ value: segment.size, weight: segment.end - segment.start })),
    0.5,
  );
  const column = extentOf(segments, size ?? 0);
  return segments.map((segment) => ({ segment, column }));
}

/** Pieces of one row in one column are one line, however far apart they stand. */
function joinRows(segments: readonly Segment[]): Segment[] {
  const lines: Segment[] = [];
  for (const segment of segments.toSorted((a, b) => a.y - b.y || a.start - b.start)) {
    const last = lines.at(-1);
    if (last === undefined || last.y !== segment.y) {
      lines.push({ ...segment, pieces: [...segment.pieces] });
      continue;
    }
    last.pieces.push({ text: ' ', isItalic: false, isBold: false, isRaised: false }, ...segment.pieces);
    last.end = Math.max(last.end, segment.end);
  }
  return lines;
}

/** Where lines of the body's size begin: the leftmost place that a fair share of them begins at; and how far they reach. */
function extentOf(segments: readonly Segment[], bodySize: number): Column {
  const body = segments.filter(({ size }) => Math.abs(size - bodySize) <= bodySize * 0.1);
  const lines = body.length > 0 ? body : segments;
  const starts = lines.map(({ start }) => start).toSorted((a, b) => a - b);
  const left = starts.find(
    (start) => starts.filter((other) => Math.abs(other - start) < 2).length >= starts.length * 0.15,
  );
  return { left: left ?? starts[0] ?? 0, right: Math.max(...lines.map(({ end }) => end), 0) };
}
