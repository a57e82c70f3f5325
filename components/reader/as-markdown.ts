import type { Block, Mark } from '#shared/text/block.ts';

const inlineSigns = /[\\`*_[\]<&~]/gu;
/** What would make a line the beginning of something else than a paragraph. */
const lineBegins = /^(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|[-=]{2,}\s*$|\|)/u;
const numberBegins = /^(\d{1,9})(?=[.)](?:\s|$))/u;

/**
 * A chapter as Markdown that reads back as the very same blocks, for mending it by hand; null for a chapter that holds more
 * than paragraphs and scene breaks with emphasis, which such a text would lose.
 */
export function asMarkdown(blocks: readonly Block[]): string | null {
  const paragraphs = blocks.map(paragraphOf);
  return paragraphs.includes(null) ? null : `${paragraphs.join('\n\n')}\n`;
}

function paragraphOf(block: Block): string | null {
  if (block.type === 'break') return '* * *';
  const isPlain = block.type === 'paragraph' && block.quoteDepth === 0 && block.note === undefined;
  if (!isPlain || block.text.includes('\n')) return null;
  const marks = block.marks.toSorted((a, b) => a.start - b.start);
  let from = 0;
  let written = '';
  for (const mark of marks) {
    if (!isSimple(mark, block.text) || mark.start < from || (mark.start === from && from > 0)) return null;
    const sign = mark.type === 'strong' ? '**' : '*';
    written += `${escaped(block.text.slice(from, mark.start))}${sign}${escaped(block.text.slice(mark.start, mark.end))}${sign}`;
    from = mark.end;
  }
  written += escaped(block.text.slice(from));
  return written.replace(lineBegins, '\\').replace(numberBegins, '$1\\');
}

const escaped = (text: string): string => text.replace(inlineSigns, String.raw`\$&`);

/** Emphasis that begins and ends with a word; what stands beside it is written as it is. */
function isSimple({ type, start, end }: Mark, text: string): boolean {
  if ((type !== 'emphasis' && type !== 'strong') || start >= end) return false;
  return /^[\p{L}\p{N}]/u.test(text.slice(start, end)) && /[\p{L}\p{N}]$/u.test(text.slice(start, end));
}
