import { useMemo, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import { type BlockHighlights, highlightsByBlock, type HighlightSource } from './block-highlights.ts';
import { useLook } from './look-store.ts';

/** A mark is new for as long as its ink needs to soak in, and a little more for a page that was busy. */
const ARRIVING_MS = 1_500;

/** The marks of the chapter by block, from the margin, as this reader wants to see them. */
export function useHighlights(blocks: readonly Block[]): BlockHighlights {
  const { annotations, synced, unsaved } = useMargin();
  const { you } = useRoomState();
  const { marks } = useLook();
  const [keeper] = useState(() => new HighlightKeeper());
  return useMemo(
    () => keeper.next(blocks, { annotations, me: you, marks, isWet: (id) => unsaved.has(id) }, synced),
    [keeper, blocks, annotations, synced, unsaved, you, marks],
  );
}

/** Remembers the last lists, so that what did not change stays the same, and when each annotation was first seen here. */
class HighlightKeeper {
  #blocks: readonly Block[] = [];
  #indexOf: ReadonlyMap<BlockId, number> = new Map();
  #before: BlockHighlights = new Map();
  /** 0 for what stood on the page from the beginning. */
  readonly #seenAt = new Map<AnnotationId, number>();

  next(blocks: readonly Block[], source: Omit<HighlightSource, 'isArriving'>, synced: boolean): BlockHighlights {
    if (blocks !== this.#blocks) {
      this.#blocks = blocks;
      this.#indexOf = new Map(blocks.map(({ id }, index) => [id, index]));
      this.#before = new Map();
    }
    const now = performance.now();
    for (const [id, { author }] of source.annotations) {
      if (!this.#seenAt.has(id)) this.#seenAt.set(id, synced || author === source.me ? now : 0);
    }
    const isArriving = (id: AnnotationId) => {
      const seenAt = this.#seenAt.get(id) ?? 0;
      return seenAt > 0 && now - seenAt < ARRIVING_MS;
    };
    this.#before = highlightsByBlock(this.#before, this.#blocks, this.#indexOf, { ...source, isArriving });
    return this.#before;
  }
}
