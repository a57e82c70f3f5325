'use client';

import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useSlice } from '#components/room/room-provider.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import { useDesk } from './desk.tsx';
import { type Arrivals, holdArrivals, noArrivals, type Whereabouts } from './hold-arrivals.ts';
import { measurePassage } from './measure.ts';
import { usePeople } from './people.tsx';
import { noteCost } from './text-lines.ts';
import type { Thread } from './threads.ts';

/** Eyes rest at about this part of the screen's height. */
const READING_LINE = 0.4;
/** A line of text at the largest common setting, to judge how much room a note needs. */
const LINE_PX = 36;

export interface HeldArrivals extends Pick<Arrivals, 'above' | 'below'> {
  /** Came while the page was open. */
  isFresh: (id: string) => boolean;
  /** Lets what waits on this side stand, and goes to the nearest of it. */
  show: (side: 'above' | 'below') => void;
}

/** Keeps notes that come above the reading line from moving what is being read. */
export function useArrivals(notes: readonly Thread[], chosen: AnnotationId | null): HeldArrivals {
  const { text, goTo } = useReading();
  const { margin, typing } = useDesk();
  const { me } = usePeople();
  const frozen = useSlice(typing);
  const [first, setFirst] = useState<ReadonlySet<string> | null>(null);
  const [arrivals, setArrivals] = useState(noArrivals);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const byId = useMemo(() => new Map<string, Thread>(notes.map((thread) => [thread.annotation.id, thread])), [notes]);
  const { synced } = margin;

  const judge = useEffectEvent(() => {
    if (!synced) return;
    const ids = [...byId.keys()];
    if (first === null) {
      setFirst(new Set(ids));
      setArrivals({ ...noArrivals, known: new Set(ids) });
      return;
    }
    const root = text();
    const boxOf = (id: string | undefined) => {
      const anchor = byId.get(id ?? '')?.annotation.anchor;
      return root !== null && anchor ? measurePassage(root, anchor) : null;
    };
    const whereIs = (id: string): Whereabouts => {
      const box = boxOf(id);
      if (box === null) return 'in-sight';
      if (box.top > innerHeight) return 'below';
      if (box.bottom < 0) return 'above';
      if (box.baseline > innerHeight * READING_LINE) return 'in-sight';
      // In sight, above what is being read: it may stand if that pushes nothing.
      const at = ids.indexOf(id);
      const next = boxOf(ids.find((other, index) => index > at && !arrivals.above.has(other)));
      const thread = byId.get(id);
      const height = thread === undefined ? 0 : (noteCost(thread.annotation.body, true) + 1) * LINE_PX;
      return next === null || next.baseline - box.baseline > height ? 'in-sight' : 'above';
    };
    const mine = (id: string) => byId.get(id)?.annotation.author === me.id || id === chosen || asked.has(id);
    setArrivals(holdArrivals(arrivals, { ids, mine, whereIs, frozen }));
  });

  useLayoutEffect(() => judge(), [byId, synced, chosen, frozen, asked]);

  const waiting = arrivals.above.size + arrivals.below.size > 0;
  useEffect(() => {
    if (!waiting) return undefined;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => judge());
    };
    addEventListener('scroll', look, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', look);
    };
  }, [waiting]);

  const show = (side: 'above' | 'below') => {
    const ordered = [...byId.keys()].filter((id) => arrivals[side].has(id));
    const anchor = byId.get((side === 'above' ? ordered.at(-1) : ordered[0]) ?? '')?.annotation.anchor;
    setAsked(new Set([...asked, ...ordered]));
    if (anchor) goTo({ start: anchor.start, end: anchor.end });
  };
  const isFresh = (id: string): boolean => first !== null && !first.has(id);
  return { above: arrivals.above, below: arrivals.below, isFresh, show };
}
