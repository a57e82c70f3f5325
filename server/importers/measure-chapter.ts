import { createHash } from 'node:crypto';
import { z } from 'zod';
import { blockSchema } from '#shared/text/block.ts';
import type { Block } from '#shared/text/block.ts';
import { countWords } from '#shared/text/words.ts';
import type { ChapterMeasures, SettledBlock } from './settled-book.ts';

const blocksSchema = z.array(blockSchema);

/**
 * Counts and hashes a chapter, and checks its blocks against the record schema once more; a failure there is a bug and
 * throws. Slow for a whole novel, so it is done in the import's worker and not where everybody waits.
 */
export function measureChapter(draft: readonly SettledBlock[], language: string): ChapterMeasures {
  const blocks = blocksSchema.parse(withIds(draft));
  const words = blocks.reduce((sum, block) => sum + countWords(block.text, language), 0);
  return { words, hash: hashBlocks(blocks) };
}

/** Gives a complete chapter's blocks their ids, `b1` to `bN` in reading order. */
export function withIds(draft: readonly SettledBlock[]): Block[] {
  return draft.map((block, index) => ({ ...block, id: `b${index + 1}` }));
}

/**
 * SHA-256, in hex, of the blocks as JSON with sorted keys and without white space (the idea of RFC 8785): the same text
 * has the same hash wherever and whenever it is imported. Where a block stood in its file (`source`) is not its text.
 */
export function hashBlocks(blocks: readonly Block[]): string {
  return createHash('sha256').update(JSON.stringify(blocks, sortedKeys)).digest('hex');
}

function sortedKeys(key: string, value: unknown): unknown {
  if (key === 'source') return undefined;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
