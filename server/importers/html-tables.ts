import { attribute, classesOf, elementsUnder, isElement, shownText } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';
import type { CellShape } from './table-writer.ts';

/** More words than this in one cell are running text that a table was used to place. */
const CELL_MAX_CHARS = 1_200;
const notInGrids = new Set('table h1 h2 h3 h4 h5 h6 img svg figure pre'.split(' '));

export interface GridRow {
  element: HtmlElement;
  cells: HtmlElement[];
}

/**
 * The rows of a table that is one: at least two columns somewhere, and words in its cells. Null for a table that only
 * places things on a page (WAI-ARIA calls it presentation), whose content is read as if the table were not there.
 */
export function gridOf(table: HtmlElement): GridRow[] | null {
  const role = attribute(table, 'role');
  if (role === 'presentation' || role === 'none' || classesOf(table).includes('layout')) return null;
  const rows: GridRow[] = [];
  for (const element of elementsUnder(table)) {
    if (notInGrids.has(element.tagName)) return null;
    if (element.tagName === 'tr') rows.push({ element, cells: cellsOf(element) });
  }
  const isWide = rows.some(({ cells }) => cells.length > 1);
  const isShort = rows.every(({ cells }) => cells.every((cell) => shownText(cell).length <= CELL_MAX_CHARS));
  return isWide && isShort ? rows : null;
}

export function captionOf(table: HtmlElement): HtmlElement | null {
  return table.childNodes.filter((node) => isElement(node)).find(({ tagName }) => tagName === 'caption') ?? null;
}

export function cellShape(cell: HtmlElement): CellShape {
  const span = (name: string) => Number(attribute(cell, name) ?? 1);
  return { header: cell.tagName === 'th', columns: span('colspan'), rows: span('rowspan') };
}

function cellsOf(row: HtmlElement): HtmlElement[] {
  return row.childNodes.filter(
    (node): node is HtmlElement => isElement(node) && (node.tagName === 'td' || node.tagName === 'th'),
  );
}
