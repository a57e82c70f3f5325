import { type RefObject, useLayoutEffect } from 'react';

const RUN = ':scope > .block-run';

/**
 * Lets the browser skip runs of a long chapter that are out of sight (`content-visibility: auto`): it neither styles, lays
 * out nor paints them, while they stay in the document for its search, for print and for assistive technology. Each run
 * keeps the very height that it had when everything was laid out, so that nothing moves when one comes into sight, and
 * jumps, places, margin and lectern stay exact. Measured anew when type or measure change.
 */
export function useSkippedRuns(prose: RefObject<HTMLElement | null>, runs: readonly unknown[] | null): void {
  useLayoutEffect(() => {
    const root = prose.current;
    if (root === null || runs === null || !CSS.supports('content-visibility', 'auto')) return undefined;
    let measuredAs = '';
    let hasFonts = false;
    let isOver = false;
    const measure = () => {
      const setAs = settingOf(root);
      if (isOver || !hasFonts || setAs === measuredAs) return;
      measuredAs = setAs;
      delete root.dataset['skips'];
      const all = [...root.querySelectorAll<HTMLElement>(RUN)];
      const heights = all.map((run) => run.getBoundingClientRect().height);
      for (const [index, run] of all.entries()) run.style.containIntrinsicBlockSize = `${heights[index] ?? 0}px`;
      root.dataset['skips'] = '';
    };
    const anew = () => {
      measuredAs = '';
      measure();
    };
    const begin = () => {
      hasFonts = true;
      anew();
    };
    // Made before the observers that keep the reader's place: they see the page as it is measured here.
    const observer = new ResizeObserver(measure);
    observer.observe(root);
    // Until the book's own typeface has come, every height is another's.
    void document.fonts.ready.then(begin);
    document.fonts.addEventListener('loadingdone', anew);
    return () => {
      isOver = true;
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', anew);
      delete root.dataset['skips'];
    };
  }, [prose, runs]);
}

/** All that heights follow from. */
function settingOf(root: HTMLElement): string {
  const { fontFamily, fontSize, lineHeight, letterSpacing, wordSpacing, hyphens, textAlign } = getComputedStyle(root);
  return [root.clientWidth, fontFamily, fontSize, lineHeight, letterSpacing, wordSpacing, hyphens, textAlign].join();
}
