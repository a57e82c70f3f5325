import { useEffect, useState } from 'react';
import { createSlice, type Slice, type WritableSlice } from '#components/room/slice.ts';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Block } from '#shared/text/block.ts';
import { passageOf } from './dom-positions.ts';

/** Long enough for handles to come to rest, short enough to feel at once. */
const SETTLE_MS = 160;

/** What the reader has selected in the text. */
export type Selected = Slice<Passage | null>;

/**
 * Follows the browser's own selection, whoever makes it: mouse, touch handles, caret browsing, or our keys. It waits until
 * the pointer is up, because a bar that appears under a moving hand is in the way.
 */
export function useSelected(text: () => HTMLElement | null, blocks: readonly Block[]): Selected {
  const [selected] = useState<WritableSlice<Passage | null>>(() => createSlice<Passage | null>(null));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isDown = false;
    const settle = () => {
      timer = null;
      if (isDown) return;
      const passage = selectedPassage(text(), blocks);
      if (!isSamePassage(passage, selected.get())) selected.set(passage);
    };
    const schedule = () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(settle, SETTLE_MS);
    };
    const onChange = () => {
      // Gone is gone at once: a bar without its words would act on something else.
      if (document.getSelection()?.isCollapsed !== false && selected.get() !== null) selected.set(null);
      schedule();
    };
    const onDown = (event: PointerEvent) => {
      isDown = event.pointerType === 'mouse';
    };
    const onUp = () => {
      isDown = false;
      schedule();
    };
    document.addEventListener('selectionchange', onChange);
    document.addEventListener('pointerdown', onDown, { capture: true });
    document.addEventListener('pointerup', onUp, { capture: true });
    document.addEventListener('pointercancel', onUp, { capture: true });
    document.addEventListener('touchend', onUp, { capture: true, passive: true });
    return () => {
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener('selectionchange', onChange);
      document.removeEventListener('pointerdown', onDown, { capture: true });
      document.removeEventListener('pointerup', onUp, { capture: true });
      document.removeEventListener('pointercancel', onUp, { capture: true });
      document.removeEventListener('touchend', onUp, { capture: true });
    };
  }, [text, blocks, selected]);
  return selected;
}

/** The passage under the browser's selection right now. */
export function selectedPassage(root: HTMLElement | null, blocks: readonly Block[]): Passage | null {
  const selection = document.getSelection();
  if (root === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(root) ? passageOf(root, range, blocks) : null;
}

export const isSamePassage = (a: Passage | null, b: Passage | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.start.block === b.start.block &&
    a.start.offset === b.start.offset &&
    a.end.block === b.end.block &&
    a.end.offset === b.end.offset);
