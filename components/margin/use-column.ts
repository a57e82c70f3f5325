'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BlockId } from '#shared/text/block.ts';
import { cardsIn, ColumnLayout, type Standing } from './column-layout.ts';
import { OneFrame } from './one-frame.ts';
import { isSameSpan, nothing, type Span } from './span.ts';
import type { TextLines } from './text-lines.ts';

interface ColumnOptions {
  column: RefObject<HTMLElement | null>;
  text: () => HTMLElement | null;
  leader: RefObject<HTMLElement | null>;
  standing: readonly Standing[];
  lines: TextLines;
  /** The chosen card. It is always on the page. */
  pivot: string | null;
}

export interface Column {
  /** Indices of the cards to be on the page, in reading order. */
  onPage: readonly number[];
  /** Brings the card that stands `step` further than this one onto the page and gives it the keyboard; false at the ends. */
  focusFrom: (id: string, step: 1 | -1) => boolean;
  /** What the reader does next may move the cards in sight. */
  letMove: () => void;
}

/** The cards on the page: a run of them near what is in sight, by the ids of its ends, as notes come and go within it. */
interface Run {
  first: string | null;
  last: string | null;
  span: Span;
  /** The card that has the keyboard stays, wherever one scrolls. */
  focused: string | null;
}

/** What the keyboard stops at in a card. */
const STOP = '.opens-note, .note.is-open, .is-line button';

/**
 * Keeps the cards near what is in sight on the page, each at its words. Scrolling within what is there costs one look; a card
 * comes a screen before it is seen, some at a time. One observer for the text and all cards; `translate` alone is written,
 * so that nothing is laid out anew and cards make way by a transition.
 */
export function useColumn(options: ColumnOptions): Column {
  const { column, text: findText, leader, standing, lines, pivot } = options;
  const [layout] = useState(
    () => new ColumnLayout({ column: () => column.current, text: findText, leader: () => leader.current }),
  );
  const [run, setRun] = useState<Run>({ first: null, last: null, span: nothing, focused: null });
  const awaited = useRef<string | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const [rolling] = useState(() => new OneFrame());
  const placed = useRef<readonly Standing[] | null>(null);

  const indexOf = useMemo(() => new Map(standing.map(({ id }, index) => [id, index])), [standing]);
  const span = spanNow(run, indexOf);
  const runOf = ({ from, to }: Span): Run => ({
    first: standing[from]?.id ?? null,
    last: standing[to - 1]?.id ?? null,
    span: { from, to },
    focused: focusedIn(column.current),
  });
  /** Has more cards on the page if more are wanted: now only what one is about to see. Says whether that is all for now. */
  const roll = useEffectEvent((wanted: 'seen' | 'all'): boolean => {
    const { next, isUrgent } = layout.next(span);
    if (isSameSpan(next, span)) return true;
    if (wanted === 'seen' && !isUrgent) return false;
    setRun(runOf(next));
    return true;
  });
  const place = useEffectEvent((measures: 'new' | 'all') => {
    layout.place(measures);
    const watching = observer.current;
    // Observing what is observed already is a no-op, and elements that left are let go of by the browser.
    if (watching !== null && column.current !== null)
      for (const card of cardsIn(column.current)) watching.observe(card);
  });
  const focusAwaited = useEffectEvent(() => {
    const stop = awaited.current === null ? null : stopOf(column.current, awaited.current);
    if (stop === null) return;
    awaited.current = null;
    stop.focus();
  });

  useLayoutEffect(() => {
    layout.tell(standing, indexOf, lines, pivot);
    place(placed.current === standing ? 'new' : 'all');
    placed.current = standing;
    focusAwaited();
    // What is in sight comes before the page is painted, the rest later.
    if (!roll('seen')) rolling.ask(() => roll('all'));
  }, [layout, rolling, standing, indexOf, lines, pivot, run]);

  useEffect(() => {
    const text = findText();
    const aside = column.current;
    if (text === null || aside === null) return undefined;
    const placing = new OneFrame();
    const placeSoon = () =>
      placing.ask(() => {
        place('new');
        roll('all');
      });
    const rollSoon = () => rolling.ask(() => roll('all'));
    const anew = () => {
      layout.textWasSet();
      layout.letMove();
      placeSoon();
    };
    let width = text.clientWidth;
    const textWasSet = () => {
      layout.textWasSet();
      if (text.clientWidth !== width) layout.letMove();
      width = text.clientWidth;
      return true;
    };
    const watching = new ResizeObserver((entries) => {
      const changed = entries.filter(({ target, borderBoxSize }) =>
        target === text ? textWasSet() : layout.isOther(target, borderBoxSize[0]?.blockSize ?? 0),
      );
      if (changed.length > 0) placeSoon();
    });
    observer.current = watching;
    watching.observe(text);
    for (const card of cardsIn(aside)) watching.observe(card);
    const marks = new MutationObserver((changes) => {
      layout.marksChanged(blocksOf(changes));
      placeSoon();
    });
    marks.observe(text, { subtree: true, childList: true });
    addEventListener('scroll', rollSoon, { passive: true });
    addEventListener('resize', rollSoon);
    document.fonts.addEventListener('loadingdone', anew);
    return () => {
      placing.cancel();
      rolling.cancel();
      watching.disconnect();
      marks.disconnect();
      removeEventListener('scroll', rollSoon);
      removeEventListener('resize', rollSoon);
      document.fonts.removeEventListener('loadingdone', anew);
    };
  }, [column, findText, layout, rolling]);

  const onPage = indicesOf(span, [pivot, run.focused], indexOf);
  const focusFrom = (id: string, step: 1 | -1): boolean => {
    const at = indexOf.get(id);
    const next = at === undefined ? undefined : standing[at + step]?.id;
    if (at === undefined || next === undefined) return false;
    const stop = stopOf(column.current, next);
    if (stop !== null) stop.focus();
    else {
      awaited.current = next;
      setRun(runOf({ from: at + step, to: at + step + 1 }));
    }
    return true;
  };
  return { onPage, focusFrom, letMove: () => layout.letMove() };
}

function spanNow({ first, last, span }: Run, indexOf: ReadonlyMap<string, number>): Span {
  const from = Math.min(indexOf.get(first ?? '') ?? span.from, indexOf.size);
  const to = Math.min((indexOf.get(last ?? '') ?? span.to - 1) + 1, indexOf.size);
  return { from, to: Math.max(from, to) };
}

function indicesOf(
  { from, to }: Span,
  kept: readonly (string | null)[],
  indexOf: ReadonlyMap<string, number>,
): readonly number[] {
  const indices = new Set(Array.from({ length: to - from }, (_, index) => from + index));
  for (const id of kept) {
    const index = indexOf.get(id ?? '');
    if (index !== undefined) indices.add(index);
  }
  return [...indices].sort((a, b) => a - b);
}

const focusedIn = (column: HTMLElement | null): string | null => {
  const card = document.activeElement?.closest<HTMLElement>('[data-entry]') ?? null;
  return card !== null && column?.contains(card) ? (card.dataset['entry'] ?? null) : null;
};

const stopOf = (column: HTMLElement | null, id: string): HTMLElement | null => {
  const card = column?.querySelector<HTMLElement>(`:scope > [data-entry="${id}"]`) ?? null;
  return card?.matches(STOP) ? card : (card?.querySelector<HTMLElement>(STOP) ?? null);
};

function blocksOf(changes: readonly MutationRecord[]): ReadonlySet<BlockId> {
  const blocks = new Set<BlockId>();
  for (const { target } of changes) {
    const block = target instanceof Element && target.closest<HTMLElement>('[data-b]')?.dataset['b'];
    if (block) blocks.add(block);
  }
  return blocks;
}
