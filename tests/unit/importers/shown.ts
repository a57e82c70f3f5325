import type { DraftBook } from '#server/importers/importer.ts';
import type { DraftBlock } from '#server/importers/importer.ts';

/** One line a block: type, its attributes, text, and the marked words with their marks. Short to expect, easy to read. */
export function shown(block: DraftBlock): string {
  let head: string = block.type;
  if (block.type === 'heading') head += block.level;
  if (block.type === 'listItem') head += `${block.ordinal ?? '-'}@${block.depth}`;
  const marks = block.marks.map((mark) => {
    const name = mark.type === 'link' ? mark.href : mark.type;
    return ` [${block.text.slice(mark.start, mark.end)}|${name}]`;
  });
  return `${'>'.repeat(block.quoteDepth)}${head}: ${block.text}${marks.join('')}`.trim();
}

export const blocksOf = (book: DraftBook): string[] => book.chapters.flatMap(({ blocks }) => blocks.map(shown));

export const titlesOf = (book: DraftBook): string[] => book.chapters.map(({ title }) => title);
