'use client';

import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
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
  const { synced } = useMargin();
  const { typing } = useDesk();
  const { me } = usePeople();
  const frozen = useSlice(typing);
  const [first, setFirst] = useState<ReadonlySet<string> | null>(null);
  const [arrivals, setArrivals] = useState(noArrivals);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());

  const judge = useEffectEvent(() => {
    if (!synced) return;
    if (first === null) {
      const known = new Set<string>(notes.map(({ annotation }) => annotation.id));
      setFirst(known);
      setArrivals({ ...noArrivals, known });
      return;
    }
    const fresh = notes.filter(({ annotation }) => !arrivals.known.has(annotation.id));
    if (fresh.length === 0 && arrivals.above.size + arrivals.below.size === 0) return;
    const inQuestion = new Set<string>([...arrivals.above, ...arrivals.below]);
    for (const { annotation } of fresh) inQuestion.add(annotation.id);
    const byId = new Map<string, { thread: Thread; index: number }>();
    for (const [index, thread] of notes.entries()) {
      const { id } = thread.annotation;
      if (inQuestion.has(id)) byId.set(id, { thread, index });
    }
    const root = text();
    const boxOf = (thread: Thread | undefined) => {
      const anchor = thread?.annotation.anchor;
      return root !== null && anchor ? measurePassage(root, anchor) : null;
    };
    const whereIs = (id: string): Whereabouts => {
      const note = byId.get(id);
      const box = boxOf(note?.thread);
      if (box === null) return 'in-sight';
      if (box.top > innerHeight) return 'below';
      if (box.bottom < 0) return 'above';
      if (box.baseline > innerHeight * READING_LINE) return 'in-sight';
      // In sight, above what is being read: it may stand if that pushes nothing.
      const after = (note?.index ?? notes.length) + 1;
      const next = boxOf(notes.find(({ annotation }, index) => index >= after && !arrivals.above.has(annotation.id)));
      const height = note === undefined ? 0 : (noteCost(note.thread.annotation.body, true) + 1) * LINE_PX;
      return next === null || next.baseline - box.baseline > height ? 'in-sight' : 'above';
    };
    const mine = (id: string) => byId.get(id)?.thread.annotation.author === me.id || id === chosen || asked.has(id);
    const ids = fresh.map(({ annotation }): string => annotation.id);
    setArrivals(holdArrivals(arrivals, { has: (id) => byId.has(id), fresh: ids, mine, whereIs, frozen }));
  });

  useLayoutEffect(() => judge(), [notes, synced, chosen, frozen, asked]);

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
    const ordered = notes.filter(({ annotation }) => arrivals[side].has(annotation.id));
    const anchor = (side === 'above' ? ordered.at(-1) : ordered[0])?.annotation.anchor;
    setAsked(new Set([...asked, ...ordered.map(({ annotation }) => annotation.id)]));
    if (anchor) goTo({ start: anchor.start, end: anchor.end });
  };
  const isFresh = (id: string): boolean => first !== null && !first.has(id);
  return { above: arrivals.above, below: arrivals.below, isFresh, show };
}
