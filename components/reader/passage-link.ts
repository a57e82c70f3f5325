import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import { type AnnotationId, isAnnotationId } from '#shared/records/ids.ts';
import { isBlockId } from '#shared/text/block-id.ts';

/** A passage as it stands in a link: `#at=b12.5-b13.20`. */
export const passageHash = ({ start, end }: Passage): string =>
  `#at=${start.block}.${start.offset}-${end.block}.${end.offset}`;

export type Target = { passage: Passage } | { annotation: AnnotationId };

// No block is longer than eight digits can say.
const atPattern = /^#at=(b\d+)\.(\d{1,8})-(b\d+)\.(\d{1,8})$/u;

/** What the hash of an address points at in this chapter; null when it is none of ours. */
export function targetOf(hash: string): Target | null {
  const found = atPattern.exec(hash);
  if (found !== null) {
    const start = positionIn(found[1], found[2]);
    const end = positionIn(found[3], found[4]);
    return start && end ? { passage: { start, end } } : null;
  }
  if (!hash.startsWith('#note-')) return null;
  const annotation = hash.slice('#note-'.length);
  return isAnnotationId(annotation) ? { annotation } : null;
}

const positionIn = (block = '', offset = ''): Position | null =>
  isBlockId(block) ? { block, offset: Number(offset) } : null;
