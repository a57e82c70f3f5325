import type { Passage } from '#shared/anchoring/anchor.ts';
import { rangeOf } from './dom-positions.ts';

/**
 * Paints a passage with the CSS Custom Highlight API: for what passes, such as a selection whose note is being written.
 * Nothing in the page changes. Browsers without the API show nothing, which costs a sign but no function.
 */
export function paintPassage(name: 'pending' | 'shown', root: Element, passage: Passage): () => void {
  const range = rangeOf(root, passage);
  if (range === null || !('highlights' in CSS)) return () => undefined;
  const highlight = new Highlight(range);
  CSS.highlights.set(name, highlight);
  return () => {
    if (CSS.highlights.get(name) === highlight) CSS.highlights.delete(name);
  };
}
