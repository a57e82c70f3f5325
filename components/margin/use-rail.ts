'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { type Bead, beadsOf } from './beads.ts';
import { measurePassage } from './measure.ts';
import { OneFrame } from './one-frame.ts';
import { RailLayout } from './rail-layout.ts';
import type { TextLines } from './text-lines.ts';
import type { Thread } from './threads.ts';

const APART_PX = 28;
/** Between a passage's last line and the slip under it. */
const UNDER_PX = 14;

interface RailOptions {
  rail: RefObject<HTMLElement | null>;
  text: () => HTMLElement | null;
  notes: readonly Thread[];
  lines: TextLines;
  /** The words of the open note, or of the one being begun. */
  passage: Passage | null;
}

interface Rail {
  beads: readonly Bead[];
  /** Where a slip under the passage begins, in px of the rail; null without one on the page. */
  popTop: number | null;
}

/** Keeps the counts near what is in sight on the page. Scrolling within what is there costs one look. */
export function useRail({ rail, text: findText, notes, lines, passage }: RailOptions): Rail {
  const [layout] = useState(() => new RailLayout({ rail: () => rail.current, text: findText }));
  const [beads, setBeads] = useState<readonly Bead[]>([]);
  const [popTop, setPopTop] = useState<number | null>(null);
  const measure = useEffectEvent(() => {
    const text = findText();
    if (text === null || rail.current === null) return;
    setBeads(beadsOf(layout.near(notes, lines), APART_PX));
    const under = passage && measurePassage(text, passage);
    setPopTop(under ? under.bottom - rail.current.getBoundingClientRect().top + UNDER_PX : null);
  });
  useLayoutEffect(() => measure(), [notes, lines, passage]);
  useEffect(() => {
    const text = findText();
    if (text === null) return undefined;
    const rolling = new OneFrame();
    const roll = () =>
      rolling.ask(() => {
        if (layout.isShort()) measure();
      });
    const observer = new ResizeObserver(() => {
      layout.textWasSet();
      measure();
    });
    observer.observe(text);
    addEventListener('scroll', roll, { passive: true });
    addEventListener('resize', roll);
    return () => {
      rolling.cancel();
      observer.disconnect();
      removeEventListener('scroll', roll);
      removeEventListener('resize', roll);
    };
  }, [layout, findText]);
  return { beads, popTop };
}
