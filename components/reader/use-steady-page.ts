import { useEffect, useRef } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { rangeOf } from './dom-positions.ts';
import { useLook } from './look-store.ts';
import { scrollTopFor } from './place.ts';
import type { Reading } from './reading-context.tsx';
import { headHeight } from './use-place.ts';

/**
 * Keeps the sentence at the reading line where it is while the page is set anew (another size, face or measure), and when
 * the window changes its width: the lines move, the reader does not.
 */
export function useSteadyPage({ text, place }: Reading): void {
  const look = useLook();
  const held = useRef<Passage | null>(null);
  useEffect(() => {
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
      if (isReset && range && scrollY > 0) scrollTo({ top: scrollTopFor(range, headHeight()), behavior: 'instant' });
    });
    observer.observe(root);
    const unsubscribe = place.subscribe(() => {
      held.current = place.get()?.sentence ?? null;
    });
    return () => {
      observer.disconnect();
      unsubscribe();
    };
  }, [text, place, look]);
}
