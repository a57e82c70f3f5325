import { safeHref } from '#shared/text/link.ts';
import { parseNote } from '#shared/text/note-markdown.ts';
import type { NoteBlock, NoteInline } from '#shared/text/note-markdown.ts';
import { plainLines } from './one-line.ts';

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and quoted attributes alike. */
export const escapeHtml = (text: string): string =>
  text.toWellFormed().replace(/[&<>"']/gu, (character) => references[character] ?? '');

/** A note as HTML, from its tree: nothing of the body is ever taken for mark-up. */
export const noteHtml = (body: string): string => parseNote(plainLines(body)).map(blockHtml).join('');

function blockHtml(block: NoteBlock): string {
  if (block.type === 'code') return `<pre dir="auto"><code>${escapeHtml(block.text)}</code></pre>`;
  if (block.type === 'quote') return `<blockquote>${block.children.map(blockHtml).join('')}</blockquote>`;
  return `<p dir="auto">${block.children.map(inlineHtml).join('')}</p>`;
}

function inlineHtml(inline: NoteInline): string {
  if (inline.type === 'text') return escapeHtml(inline.text);
  if (inline.type === 'code') return `<code>${escapeHtml(inline.text)}</code>`;
  if (inline.type === 'break') return '<br>\n';
  const words = inline.children.map(inlineHtml).join('');
  if (inline.type === 'emphasis') return `<em>${words}</em>`;
  if (inline.type === 'strong') return `<strong>${words}</strong>`;
  const href = safeHref(inline.href);
  return href === null ? words : `<a href="${escapeHtml(href)}" rel="nofollow noreferrer">${words}</a>`;
}
