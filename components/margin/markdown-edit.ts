export type Markup = 'bold' | 'italic' | 'code' | 'quote' | 'link';

/** Replace `[start, end)` of the text by `insert`, then select `[selectStart, selectEnd)` of what results. */
export interface Edit {
  start: number;
  end: number;
  insert: string;
  selectStart: number;
  selectEnd: number;
}

const marks: Record<'bold' | 'italic' | 'code', string> = { bold: '**', italic: '*', code: '`' };

/**
 * What a button of the composer does to the selection: wraps it, or unwraps what is wrapped already. Spaces at the ends
 * stay outside the marks, where Markdown wants them. A quotation takes the whole lines; a link leaves its address selected.
 */
export function markUp(text: string, start: number, end: number, markup: Markup): Edit {
  if (markup === 'quote') return quoteLines(text, start, end);
  const selected = text.slice(start, end);
  if (markup === 'link') {
    const label = selected.trim() === '' ? 'words' : selected.trim();
    const insert = `[${label}](https://)`;
    const address = start + label.length + 3;
    return { start, end, insert, selectStart: address, selectEnd: address + 'https://'.length };
  }
  const mark = marks[markup];
  const size = mark.length;
  if (isWrapped(text, start, end, mark)) {
    const from = start - size;
    return { start: from, end: end + size, insert: selected, selectStart: from, selectEnd: from + selected.length };
  }
  const inner = selected.trim();
  const lead = selected.length - selected.trimStart().length;
  const tail = inner === '' ? '' : selected.slice(lead + inner.length);
  const insert = `${selected.slice(0, lead)}${mark}${inner}${mark}${tail}`;
  const from = start + lead + size;
  return { start, end, insert, selectStart: from, selectEnd: from + inner.length };
}

/** Whether the mark itself, and not a longer run of the same character, stands on both sides. */
function isWrapped(text: string, start: number, end: number, mark: string): boolean {
  const size = mark.length;
  if (text.slice(start - size, start) !== mark || text.slice(end, end + size) !== mark || start < size) return false;
  return text[start - size - 1] !== mark[0] && text[end + size] !== mark[0];
}

function quoteLines(text: string, start: number, end: number): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const quoted = lines.every((line) => line.startsWith('> '));
  const insert = lines.map((line) => (quoted ? line.slice(2) : `> ${line}`)).join('\n');
  return { start: from, end: to, insert, selectStart: from + insert.length, selectEnd: from + insert.length };
}
