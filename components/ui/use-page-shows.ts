import { useLayoutEffect } from 'react';

/** What takes a place on the page that other things then leave to it. */
export type Shown = 'connection-line' | 'foot' | 'question' | 'selection' | 'sheet';

const counts = new Map<Shown, number>();

/**
 * Says in the document's body what is shown, for as long as it is: stylesheets ask `body[data-shows~='foot']`. A rule on
 * `body:has(.foot)` would need nobody to say it, and the browser would ask it again for each card that comes into a long
 * margin and each mark that is drawn.
 */
export function usePageShows(what: Shown, isShown = true): void {
  useLayoutEffect(() => {
    if (!isShown) return undefined;
    count(what, 1);
    return () => count(what, -1);
  }, [what, isShown]);
}

function count(what: Shown, by: 1 | -1): void {
  counts.set(what, (counts.get(what) ?? 0) + by);
  const shown = [...counts].flatMap(([name, many]) => (many > 0 ? [name] : []));
  document.body.dataset.shows = shown.join(' ');
}
