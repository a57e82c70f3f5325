'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { BlockId } from '#shared/text/block.ts';
import { baselineOf } from './measure.ts';
import { type Slot, stack } from './stack.ts';
import { WordsMeasured } from './words-measured.ts';

/** A card that stands in the column: `id` is its element's `data-entry`, `passage` the words it stands at. */
export interface Standing {
  id: string;
  passage: Passage;
}

interface Placement {
  column: RefObject<HTMLElement | null>;
  text: () => HTMLElement | null;
  standing: readonly Standing[];
  pivot: string | null;
  leader: RefObject<HTMLElement | null>;
}

/**
 * Keeps every card of the column at its words. One observer for the text and all cards; each pass reads all boxes first
 * and then writes: `translate` alone, so that nothing is laid out anew and cards make way by a transition.
 */
export function usePlacement(placement: Placement): void {
  const [words] = useState(() => new WordsMeasured());
  const placeAll = useEffectEvent(() => place(placement, words));
  const watchCards = useEffectEvent((watching: ResizeObserver) => {
    for (const card of cardsOf(placement)) watching.observe(card);
  });
  const findText = placement.text;
  const observer = useRef<ResizeObserver | null>(null);

  useEffect(() => {
    let frame = 0;
    const again = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => placeAll());
    };
    const anew = () => {
      words.forgetAll();
      again();
    };
    const text = findText();
    const watching = new ResizeObserver((entries) =>
      entries.some(({ target }) => target === text) ? anew() : again(),
    );
    observer.current = watching;
    const marks = new MutationObserver((changes) => {
      words.forget(blocksOf(changes));
      again();
    });
    if (text !== null) {
      watching.observe(text);
      marks.observe(text, { subtree: true, childList: true });
    }
    watchCards(watching);
    document.fonts.addEventListener('loadingdone', anew);
    return () => {
      cancelAnimationFrame(frame);
      watching.disconnect();
      marks.disconnect();
      document.fonts.removeEventListener('loadingdone', anew);
    };
  }, [findText, words]);

  // Observing what is observed already is a no-op, and elements that left are let go of by the browser.
  useLayoutEffect(() => {
    placeAll();
    if (observer.current !== null) watchCards(observer.current);
  }, [placement.standing, placement.pivot]);
}

function blocksOf(changes: readonly MutationRecord[]): ReadonlySet<BlockId> {
  const blocks = new Set<BlockId>();
  for (const { target } of changes) {
    const block = target instanceof Element && target.closest<HTMLElement>('[data-b]')?.dataset['b'];
    if (block) blocks.add(block);
  }
  return blocks;
}

const cardsOf = ({ column }: Placement): HTMLElement[] => [
  ...(column.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? []),
];

function place(placement: Placement, measured: WordsMeasured): void {
  const { text: textOf, column: columnOf, standing, pivot } = placement;
  const text = textOf();
  const column = columnOf.current;
  if (text === null || column === null || column.offsetParent === null) return;

  const cards = new Map(cardsOf(placement).map((card) => [card.dataset['entry'] ?? '', card]));
  const columnBox = column.getBoundingClientRect();
  const leading = parseFloat(getComputedStyle(text.querySelector('.prose') ?? text).lineHeight) || 32;
  const slots: Slot[] = [];
  let line: { left: number; width: number; top: number } | null = null;
  for (const { id, passage } of standing) {
    const card = cards.get(id);
    const words = card && measured.of(id, passage, text, columnBox);
    if (card === undefined || !words) continue;
    const cardBox = card.getBoundingClientRect();
    const head = card.querySelector('[data-line]');
    const inset = head === null ? 0 : baselineOf(head) - cardBox.top;
    slots.push({ id, anchorTop: words.baseline - inset, height: cardBox.height });
    if (id !== pivot) continue;
    line = {
      left: words.firstLineRight,
      width: Math.max(0, cardBox.left - columnBox.left - words.firstLineRight),
      top: words.baseline + leading * 0.2,
    };
  }
  const tops = stack(slots, pivot, leading / 2);

  for (const [id, top] of tops) {
    const card = cards.get(id);
    if (card === undefined) continue;
    const translate = `0px ${Math.round(top)}px`;
    if (card.style.translate !== translate) card.style.translate = translate;
    // A card that has just come stands at its place at once; from the next frame on it makes way gently.
    if (card.dataset['placed'] === undefined) requestAnimationFrame(() => (card.dataset['placed'] = ''));
  }
  drawLeader(placement.leader.current, line);
}

function drawLeader(leader: HTMLElement | null, line: { left: number; width: number; top: number } | null): void {
  if (leader === null) return;
  leader.hidden = line === null;
  if (line === null) return;
  leader.style.left = `${line.left}px`;
  leader.style.width = `${line.width}px`;
  leader.style.top = `${line.top}px`;
}
