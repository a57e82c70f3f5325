import type { BlockContent, PhrasingContent } from 'mdast';
import { parseNote } from '#shared/text/note-markdown.ts';
import type { NoteBlock, NoteInline } from '#shared/text/note-markdown.ts';
import { plainLines } from './one-line.ts';

/**
 * A note as a Markdown tree. Only what the small Markdown of notes knows comes through as mark-up; a body's heading,
 * rule, list, table or HTML is text in it, and the serialiser escapes it as text.
 */
export const noteTree = (body: string): BlockContent[] => parseNote(plainLines(body)).map(blockTree);

function blockTree(block: NoteBlock): BlockContent {
  if (block.type === 'code') return { type: 'code', value: block.text };
  if (block.type === 'quote') return { type: 'blockquote', children: block.children.map(blockTree) };
  return { type: 'paragraph', children: block.children.map(inlineTree) };
}

function inlineTree(inline: NoteInline): PhrasingContent {
  if (inline.type === 'text') return { type: 'text', value: inline.text };
  if (inline.type === 'code') return { type: 'inlineCode', value: inline.text };
  if (inline.type === 'break') return { type: 'break' };
  const children = inline.children.map(inlineTree);
  return inline.type === 'link' ? { type: 'link', url: inline.href, children } : { type: inline.type, children };
}

/** Words of the book, line by line. An indented line of verse keeps its indent, which plain spaces would lose. */
export function linesTree(text: string): PhrasingContent[] {
  const lines = plainLines(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.flatMap((line, index): PhrasingContent[] => {
    const value = line.replace(/^ +/u, (indent) => '\u00a0'.repeat(indent.length)).trimEnd();
    return index === 0 ? [{ type: 'text', value }] : [{ type: 'break' }, { type: 'text', value }];
  });
}
