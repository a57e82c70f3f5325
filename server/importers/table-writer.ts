import type { TableCell } from '#shared/text/block.ts';
import { CELLS_PER_TABLE_MAX, CELL_SPAN_MAX } from '#server/limits.ts';
import type { ComposedText } from './compose-text.ts';
import { RefusedError } from './importer.ts';

/** How many columns and rows a cell spans (1: its own), and whether it is a heading of others. */
export interface CellShape {
  header: boolean;
  columns: number;
  rows: number;
}

export interface Grid extends ComposedText {
  rows: TableCell[][];
}

/** Joins cells into a table's text, `\t` between the cells of a row and `\n` between rows, and remembers where each stands. */
export class TableWriter {
  #text = '';
  readonly #marks: ComposedText['marks'] = [];
  readonly #rows: TableCell[][] = [];
  #row: TableCell[] = [];
  #cells = 0;

  cell({ text, marks }: ComposedText, { header, columns, rows }: CellShape): void {
    this.#cells += 1;
    if (this.#cells > CELLS_PER_TABLE_MAX) {
      throw new RefusedError(
        'too-long',
        `One table of this file has more than ${CELLS_PER_TABLE_MAX.toLocaleString('en')} cells.`,
      );
    }
    if (this.#row.length > 0) this.#text += '\t';
    else if (this.#rows.length > 0) this.#text += '\n';
    const start = this.#text.length;
    this.#text += text;
    for (const mark of marks) this.#marks.push({ ...mark, start: mark.start + start, end: mark.end + start });
    this.#row.push({
      start,
      end: this.#text.length,
      ...(header ? { header: true as const } : {}),
      ...(isSpan(columns) ? { columns } : {}),
      ...(isSpan(rows) ? { rows } : {}),
    });
  }

  /** Ends a row; a row without cells is none. */
  row(): void {
    if (this.#row.length > 0) this.#rows.push(this.#row);
    this.#row = [];
  }

  /** The table, or null when there is not a word in it. */
  end(): Grid | null {
    this.row();
    return this.#text.trim() === '' ? null : { text: this.#text, marks: this.#marks, rows: this.#rows };
  }
}

const isSpan = (count: number): boolean => Number.isInteger(count) && count >= 2 && count <= CELL_SPAN_MAX;
