import type { Passage } from '#shared/anchoring/anchor.ts';
import { blockElement, rangeOf } from './dom-positions.ts';

/**
 * Paints a passage with the CSS Custom Highlight API: for what passes, such as a selection whose note is being written.
 * Nothing in the page changes. Marks that are drawn in its blocks put other text nodes there; it follows them. Browsers
 * without the API show nothing, which costs a sign but no function.
 */
export function paintPassage(name: 'pending' | 'shown' | 'spotlit', root: Element, passage: Passage): () => void {
  if (!('highlights' in CSS)) return () => undefined;
  const highlight = new Highlight();
  const paint = () => {
    const range = rangeOf(root, passage);
    highlight.clear();
    if (range !== null) highlight.add(range);
  };
  paint();
  CSS.highlights.set(name, highlight);
  const rewritten = new MutationObserver(paint);
  for (const { block } of [passage.start, passage.end]) {
    const element = blockElement(root, block);
    if (element !== null) rewritten.observe(element, { subtree: true, childList: true });
  }
  return () => {
    rewritten.disconnect();
    if (CSS.highlights.get(name) === highlight) CSS.highlights.delete(name);
  };
}
