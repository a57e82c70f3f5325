import { useEffect } from 'react';
import type { Chapter } from '#shared/records/book.ts';
import { type Hit, passageOfHit } from './book-search.ts';
import { blockElement, rangeOf } from './dom-positions.ts';

/** Blocks this far beyond the screen's edge are painted, so that none comes in bare. */
const AHEAD = '25% 0px';

/**
 * Paints hits with the CSS Custom Highlight API, those of blocks in sight alone: WebKit repaints slowly with hundreds of
 * ranges. The page itself stays as it is. Browsers without the API show the list, and go to each place.
 */
export function useHitsOnPage(
  text: () => HTMLElement | null,
  chapter: Chapter,
  hits: readonly Hit[],
  now: Hit | undefined,
): void {
  useEffect(() => {
    const root = text();
    if (root === null || !('highlights' in CSS)) return undefined;
    const here = Map.groupBy(
      hits.filter((hit) => hit.chapter === chapter.id),
      ({ block }) => block,
    );
    const words = new Map(chapter.blocks.map((block) => [block.id, block.text]));
    const inSight = new Set<string>();
    const rangesOf = (some: readonly Hit[]): Range[] =>
      some
        // After a revision, hits are where they were until the answer for the new text has come.
        .filter(({ block, end }) => end <= (words.get(block)?.length ?? 0))
        .flatMap((hit) => rangeOf(root, passageOfHit(hit)) ?? []);
    const paint = () => {
      const shown = [...here].flatMap(([block, some]) => (inSight.has(block) ? some : []));
      CSS.highlights.set('hit', new Highlight(...rangesOf(shown.filter((hit) => hit !== now))));
      const current = new Highlight(...rangesOf(shown.filter((hit) => hit === now)));
      current.priority = 1;
      CSS.highlights.set('hit-now', current);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        paint();
      },
      { rootMargin: AHEAD },
    );
    // Marks that come and go put other text nodes into their blocks.
    const rewritten = new MutationObserver(paint);
    for (const block of here.keys()) {
      const element = blockElement(root, block);
      if (element === null) continue;
      observer.observe(element);
      rewritten.observe(element, { subtree: true, childList: true });
    }
    return () => {
      observer.disconnect();
      rewritten.disconnect();
      CSS.highlights.delete('hit');
      CSS.highlights.delete('hit-now');
    };
  }, [text, chapter, hits, now]);
}
