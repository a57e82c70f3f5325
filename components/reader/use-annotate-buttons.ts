import { type MouseEvent, useCallback } from 'react';
import { wholeBlock } from './block-cursor.ts';
import { rangeOf } from './dom-positions.ts';
import type { Reading } from './reading-context.tsx';

/**
 * The button in each paragraph, met by screen readers, whose own selections never reach the page: it selects the paragraph
 * and goes to the bar with what can be done.
 */
export function useAnnotateButtons({ text, chapter }: Reading): (event: MouseEvent) => void {
  return useCallback(
    (event: MouseEvent) => {
      const { target } = event;
      const root = text();
      if (root === null || !(target instanceof Element) || !target.hasAttribute('data-annotate')) return;
      const id = target.closest('[data-b]')?.getAttribute('data-b');
      const block = chapter.blocks.find((one) => one.id === id);
      const passage = block === undefined ? null : wholeBlock(block);
      const range = passage && rangeOf(root, passage);
      if (!range) return;
      event.stopPropagation();
      document
        .getSelection()
        ?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
      focusBar();
    },
    [text, chapter],
  );
}

/** The bar comes once the selection has settled. */
function focusBar(): void {
  const observer = new MutationObserver(() => {
    const first = document.querySelector<HTMLElement>('[role="toolbar"][aria-label="Selection"] button');
    if (first === null) return;
    observer.disconnect();
    first.focus({ preventScroll: true });
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
