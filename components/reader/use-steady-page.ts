import { useLayoutEffect, useRef } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { rangeOf } from './dom-positions.ts';
import { scrollTopFor } from './place.ts';
import type { Reading } from './reading-context.tsx';
import { headHeight } from './use-place.ts';

/**
 * Keeps the sentence at the reading line where it is while the page is set anew (another size, face or measure), and when
 * the window changes its width: the lines move, the reader does not.
 */
export function useSteadyPage({ text, place, chapter }: Reading): void {
  const held = useRef<Passage | null>(null);
  const movedTo = useRef<number | null>(null);
  // Anew for another text, before it is measured: its own height is not the page being set anew.
  useLayoutEffect(() => {
    const root = text();
    if (root === null) return undefined;
    let width = root.clientWidth;
    let height = root.clientHeight;
    const observer = new ResizeObserver(() => {
      const isReset = root.clientWidth !== width || root.clientHeight !== height;
      width = root.clientWidth;
      height = root.clientHeight;
      const range = held.current && rangeOf(root, held.current);
      // At the top there is nothing above that could push the sentence away.
      if (!isReset || !range || scrollY === 0) return;
      scrollTo({ top: scrollTopFor(range, headHeight()), behavior: 'instant' });
      movedTo.current = scrollY;
    });
    observer.observe(root);
    const unsubscribe = place.subscribe(() => {
      // Where this put the page is no choice of the reader's: holding on to what came to stand there would drift.
      if (movedTo.current !== null && Math.abs(scrollY - movedTo.current) < 2) return;
      movedTo.current = null;
      held.current = place.get()?.sentence ?? null;
    });
    return () => {
      observer.disconnect();
      unsubscribe();
    };
  }, [text, place, chapter]);
}
