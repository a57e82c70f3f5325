'use client';

import { useSyncExternalStore } from 'react';

/** How much room the page has; the breakpoints are those of the look (768 and 1200 px). */
export type PageWidth = 'wide' | 'medium' | 'small';

const WIDE = '(min-width: 75rem)';
const SMALL = '(max-width: 47.99rem)';

/** While the desk stands beside the page, it has the margin's room. */
const hasDesk = (): boolean => document.body.classList.contains('hostpage');

function subscribe(changed: () => void): () => void {
  const lists = [matchMedia(WIDE), matchMedia(SMALL)];
  for (const list of lists) list.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class'] });
  return () => {
    observer.disconnect();
    for (const list of lists) list.removeEventListener('change', changed);
  };
}

const widthNow = (): PageWidth => {
  if (matchMedia(SMALL).matches) return 'small';
  return matchMedia(WIDE).matches && !hasDesk() ? 'wide' : 'medium';
};

/** Null on the server and at hydration: then nobody knows. */
export const usePageWidth = (): PageWidth | null => useSyncExternalStore(subscribe, widthNow, () => null);
