import { NoteInlineParser } from './note-inline.ts';
import type { NoteInline } from './note-inline.ts';

export type { NoteInline } from './note-inline.ts';

/** A block of a note: a paragraph, a code fence, or a quotation that holds blocks again. */
export type NoteBlock =
  | { type: 'paragraph'; children: NoteInline[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; children: NoteBlock[] };

/** Quotations deeper than this keep their `>` as text; it bounds the work, and nobody can read more. */
const QUOTE_DEPTH_MAX = 4;

const fence = /^ {0,3}```[^`]*$/u;
const fenceEnd = /^ {0,3}```\s*$/u;
const quoted = /^ {0,3}>(?: |$)/u;

/**
 * The small Markdown of notes, as a tree to render from: paragraphs with line breaks, `*emphasis*` or `_emphasis_`,
 * `**strong**`, `` `code` ``, code fences, `> quotations`, `[text](https://…)` and bare web addresses. Everything else,
 * HTML included, is text. Never throws; the time is linear in the length of the note.
 */
export function parseNote(source: string): NoteBlock[] {
  return parseLines(source.replace(/\r\n?/gu, '\n').split('\n'), 0);
}

function parseLines(lines: string[], quoteDepth: number): NoteBlock[] {
  const blocks: NoteBlock[] = [];
  const isQuoted = (line: string) => quoteDepth < QUOTE_DEPTH_MAX && quoted.test(line);
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (fence.test(line)) {
      let end = at + 1;
      while (end < lines.length && !fenceEnd.test(lines[end] ?? '')) end += 1;
      blocks.push({ type: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (isQuoted(line)) {
      const start = at;
      while (at < lines.length && isQuoted(lines[at] ?? '')) at += 1;
      const inner = lines.slice(start, at).map((text) => text.replace(quoted, ''));
      blocks.push({ type: 'quote', children: parseLines(inner, quoteDepth + 1) });
    } else {
      const start = at;
      const goesOn = (text: string) => text.trim() !== '' && !fence.test(text) && !isQuoted(text);
      while (at < lines.length && goesOn(lines[at] ?? '')) at += 1;
      const text = lines.slice(start, at).map((part) => part.trim());
      blocks.push({ type: 'paragraph', children: new NoteInlineParser(text.join('\n')).parse() });
    }
  }
  return blocks;
}

/** The note's words without any mark-up: for search, exports without formatting, and notifications. */
export function notePlainText(source: string): string {
  return blocksText(parseNote(source));
}

function blocksText(blocks: NoteBlock[]): string {
  const texts = blocks.map((block) => {
    if (block.type === 'code') return block.text;
    return block.type === 'quote' ? blocksText(block.children) : inlineText(block.children);
  });
  return texts.filter((text) => text !== '').join('\n\n');
}

function inlineText(children: NoteInline[]): string {
  let text = '';
  for (const child of children) {
    if (child.type === 'text' || child.type === 'code') text += child.text;
    else if (child.type === 'break') text += '\n';
    else text += inlineText(child.children);
  }
  return text;
}
