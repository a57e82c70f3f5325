'use client';

import { useSyncExternalStore } from 'react';

/** How much room the page has; the breakpoints are those of the look (768 and 1200 px). */
export type PageWidth = 'wide' | 'medium' | 'small';

const WIDE = '(min-width: 75rem)';
const SMALL = '(max-width: 47.99rem)';

function subscribe(changed: () => void): () => void {
  const lists = [matchMedia(WIDE), matchMedia(SMALL)];
  for (const list of lists) list.addEventListener('change', changed);
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
  };
}

const widthNow = (): PageWidth => (matchMedia(WIDE).matches ? 'wide' : matchMedia(SMALL).matches ? 'small' : 'medium');

/** Null on the server and at hydration: then nobody knows. */
export const usePageWidth = (): PageWidth | null => useSyncExternalStore(subscribe, widthNow, () => null);
