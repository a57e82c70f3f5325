import { isChapterHeading } from '../chapter-heading.ts';
import type { DraftBlock } from '../importer.ts';

/** Writers who use no heading styles type `Chapter 5` on a line of its own: where no style says so, such lines are headings. */
export function withTypedHeadings(blocks: readonly DraftBlock[]): DraftBlock[] {
  if (blocks.some(({ type }) => type === 'heading')) return [...blocks];
  return blocks.map((block): DraftBlock => {
    if (block.type !== 'paragraph' || block.note !== undefined || !isChapterHeading(block.text)) return block;
    const marks = block.marks.filter(({ type }) => type !== 'strong' && type !== 'emphasis');
    return { ...block, type: 'heading', level: 2, marks };
  });
}
