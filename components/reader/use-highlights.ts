import { useMemo, useRef } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import { type BlockHighlights, highlightsByBlock } from './block-highlights.ts';
import { useLook } from './look-store.ts';

/** A mark is new for as long as its ink needs to soak in, and a little more for a page that was busy. */
const ARRIVING_MS = 1_500;

/** The marks of the chapter by block, from the margin, as this reader wants to see them. */
export function useHighlights(blocks: readonly Block[]): BlockHighlights {
  const { annotations, synced, unsaved } = useMargin();
  const { you } = useRoomState();
  const { marks } = useLook();
  const indexOf = useMemo(() => new Map<BlockId, number>(blocks.map(({ id }, index) => [id, index])), [blocks]);
  const before = useRef<BlockHighlights>(new Map());
  /** When each annotation was first seen here; 0 for those that stood on the page from the beginning. */
  const seen = useRef(new Map<AnnotationId, number>());

  return useMemo(() => {
    const now = performance.now();
    for (const [id, { author }] of annotations) {
      if (!seen.current.has(id)) seen.current.set(id, synced || author === you ? now : 0);
    }
    before.current = highlightsByBlock(before.current, blocks, indexOf, {
      annotations,
      me: you,
      marks,
      isWet: (id) => unsaved.has(id),
      isArriving: (id) => now - (seen.current.get(id) ?? 0) < ARRIVING_MS && seen.current.get(id) !== 0,
    });
    return before.current;
  }, [annotations, synced, unsaved, blocks, indexOf, you, marks]);
}
