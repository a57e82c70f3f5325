import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, Mark, TableCell } from '#shared/text/block.ts';
import type { BlockHighlight } from './block-highlights.ts';
import { RunList } from './run-list.tsx';
import { type Segment, segmentsOf } from './segments.ts';

interface TableViewProps {
  block: Extract<Block, { type: 'table' }>;
  highlights: readonly BlockHighlight[];
  chosen: AnnotationId | null;
}

interface CellContent {
  segments: Segment<BlockHighlight>[];
  marks: Mark[];
}

/** A table of the book: its runs are cut at its cells, so that each stands whole in its own. It scrolls by itself. */
export function TableView({ block, highlights, chosen }: TableViewProps) {
  const { text, rows } = block;
  const contents = contentsOf(block, highlights);
  return (
    // Focusable, so that the keyboard can scroll what is wider than the column.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" role="group" aria-label="Table" tabIndex={0}>
      <table>
        <tbody>
          {rows.map((row, index) => (
            // Rows of an immutable text keep their places.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {row.map((cell) => {
                const Cell = cell.header === true ? 'th' : 'td';
                return (
                  <Cell key={`${cell.start} ${cell.end}`} colSpan={cell.columns} rowSpan={cell.rows}>
                    <RunList text={text} chosen={chosen} {...(contents.get(cell) ?? NOTHING)} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NOTHING: CellContent = { segments: [], marks: [] };

/** What stands in each cell. Cells, segments and marks are all in the order of the text: one walk over the three. */
function contentsOf(
  { text, marks, rows }: TableViewProps['block'],
  highlights: readonly BlockHighlight[],
): ReadonlyMap<TableCell, CellContent> {
  const cells = rows.flat();
  const borders = new Set(cells.map(({ start, end }): Mark => ({ type: 'emphasis', start, end })));
  const segments = segmentsOf(text.length, [...marks, ...borders], highlights);
  const contents = new Map<TableCell, CellContent>();
  let at = 0;
  let nextMark = 0;
  for (const cell of cells) {
    const own: CellContent = { segments: [], marks: [] };
    for (; at < segments.length; at += 1) {
      const segment = segments[at] as Segment<BlockHighlight>;
      if (segment.start >= cell.end) break;
      // What parts two cells is shown by the table itself.
      if (segment.start < cell.start) continue;
      own.segments.push({ ...segment, marks: segment.marks.filter((mark) => !borders.has(mark)) });
    }
    for (; nextMark < marks.length && (marks[nextMark]?.start ?? 0) <= cell.end; nextMark += 1) {
      own.marks.push(marks[nextMark] as Mark);
    }
    contents.set(cell, own);
  }
  return contents;
}
