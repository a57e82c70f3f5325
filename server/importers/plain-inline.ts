import type { InlineMark, Piece } from './compose-text.ts';

/** `_so_`, `*so*`, `**so**` as plain text writes emphasis: never inside a word, never across paragraphs. */
const emphasised =
  /(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]{1,2000})(?<=\S)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}*])(\*{1,3})(?=[^\s*])([^*]{1,2000})(?<=\S)\2(?![\p{L}\p{N}*])/gu;

/** Pieces of a paragraph of plain text, its typed emphasis turned into marks. */
export function piecesOfPlainText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(emphasised)) {
    const stars = match[2]?.length ?? 1;
    const marks: InlineMark[] = [];
    if (stars !== 2) marks.push({ type: 'emphasis' });
    if (stars !== 1) marks.push({ type: 'strong' });
    pieces.push({ text: text.slice(from, match.index), marks: [] }, { text: match[1] ?? match[3] ?? '', marks });
    from = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(from), marks: [] });
  return pieces;
}
