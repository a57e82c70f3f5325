import { useEffect } from 'react';
import type { BlockId } from '#shared/text/block.ts';
import { blockElement } from './dom-positions.ts';

/** Marks the blocks that hold other words than before, by an attribute that React does not know of. */
export function useChangedBlocks(text: () => HTMLElement | null, changed: readonly BlockId[]): void {
  useEffect(() => {
    const root = text();
    if (root === null) return undefined;
    const elements = changed.map((block) => blockElement(root, block)).filter((element) => element !== null);
    for (const element of elements) element.dataset.changed = '';
    return () => {
      for (const element of elements) delete element.dataset.changed;
    };
  }, [text, changed]);
}
