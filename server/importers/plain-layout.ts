import { isVerse } from './verse.ts';

/** What a group of lines between blank lines turned out to be. */
export type Stretch =
  | { type: 'paragraph'; lines: string[]; quoted: boolean }
  | { type: 'verse'; lines: string[]; quoted: boolean }
  | { type: 'item'; lines: string[]; ordinal: number | null; quoted: boolean };

/** Columns at which people's programs have wrapped plain text since the teleprinter. */
const WRAP_MIN_COLUMNS = 50;
const WRAP_MAX_COLUMNS = 90;
/** Verse does not reach the margin that prose is wrapped at. */
const VERSE_SHARE_OF_WIDTH = 0.85;

const indent = /^(?:\t| {2,}|\u3000)/u;
const quoted = /^\s{0,3}>\s?/u;
const bullet = /^\s*[•*‣◦]\s+(?=\S)/u;
const ordinal = /^\s*(\d{1,3})[.)]\s+(?=\S)/u;

/** Groups of lines between blank lines, the ends of lines trimmed. */
export function lineGroups(text: string): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const raw of text.split(/\r\n|[\n\r\f\v\u0085\u2028\u2029]/u)) {
    const line = raw.trimEnd();
    if (line !== '') group.push(line);
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

/** The column at which a text's lines were wrapped by hand or machine; null when each line is a paragraph. */
export function wrapColumn(groups: readonly (readonly string[])[]): number | null {
  // A paragraph's last line may have any length, and verse and headings are short throughout: the others tell.
  const prose = groups.filter((group) => group.some((line) => line.length >= WRAP_MIN_COLUMNS));
  const lengths = prose.flatMap((group) => group.slice(0, -1).map((line) => line.length)).sort((a, b) => a - b);
  const widest = lengths[Math.floor(lengths.length * 0.95)];
  if (widest === undefined || widest < WRAP_MIN_COLUMNS || widest > WRAP_MAX_COLUMNS) return null;
  const full = lengths.filter((length) => length >= widest * 0.75).length;
  return full / lengths.length >= 0.6 ? widest : null;
}

/** Turns one group of lines into paragraphs, verse or list items. */
export function stretchesOf(group: readonly string[], column: number | null): Stretch[] {
  const isQuoted = group.every((line) => quoted.test(line));
  const lines = isQuoted ? group.map((line) => line.replace(quoted, '')) : [...group];
  if (isQuoted && lines.some((line) => line.trim() === '')) {
    return lineGroups(lines.join('\n')).flatMap((part) => shapesOf(part, column, true));
  }
  return shapesOf(lines, column, isQuoted);
}

function shapesOf(lines: string[], column: number | null, isQuoted: boolean): Stretch[] {
  const paragraph = (part: string[]): Stretch => ({ type: 'paragraph', lines: part, quoted: isQuoted });
  if (lines.length === 1) return [paragraph(lines)];
  const items = itemsOf(lines, column !== null, isQuoted);
  if (items !== null) return items;
  const reach = column === null ? Infinity : column * VERSE_SHARE_OF_WIDTH;
  const isShort = lines.every((line) => line.trim().length < reach);
  if (isShort && isVerse(lines) && lines.length <= 200)
    return [{ type: 'verse', lines: withoutCommonIndent(lines), quoted: isQuoted }];
  if (column === null) return lines.map((line) => paragraph([line]));
  return unwrap(lines, column).map(paragraph);
}

/** Joins wrapped lines; an indented line among unindented ones, or the line after a short last one, begins a paragraph. */
function unwrap(lines: readonly string[], column: number): string[][] {
  const indented = lines.filter((line) => indent.test(line)).length;
  const indentBegins = indented > 0 && indented <= Math.max(1, lines.length * 0.6);
  const parts: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1] ?? '';
    const endsShort = before.length < column * 0.6 && /[.!?…:]["'’”»)]*$/u.test(before);
    if (index === 0 || endsShort || (indentBegins && indent.test(line))) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function itemsOf(lines: readonly string[], isWrapped: boolean, isQuoted: boolean): Stretch[] | null {
  const numbers = lines.map((line) => ordinal.exec(line)?.[1]);
  const begins = lines.map((line, index) => bullet.test(line) || numbers[index] !== undefined);
  const count = begins.filter(Boolean).length;
  if (begins[0] !== true || count < 2 || (count < lines.length && !isWrapped)) return null;
  const items: Extract<Stretch, { type: 'item' }>[] = [];
  for (const [index, line] of lines.entries()) {
    const number = numbers[index];
    const text = line.replace(bullet, '').replace(ordinal, '');
    if (begins[index] === true) {
      items.push({
        type: 'item',
        lines: [text],
        ordinal: number === undefined ? null : Number(number),
        quoted: isQuoted,
      });
    } else items.at(-1)?.lines.push(line);
  }
  return items;
}

function withoutCommonIndent(lines: readonly string[]): string[] {
  const spaced = lines.map((line) => line.replaceAll('\t', '    '));
  const common = Math.min(...spaced.map((line) => line.length - line.trimStart().length));
  return spaced.map((line) => line.slice(common));
}
