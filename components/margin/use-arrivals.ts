'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useSlice } from '#components/room/room-provider.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import { useDesk } from './desk.tsx';
import { type Arrivals, holdArrivals, noArrivals, type Whereabouts } from './hold-arrivals.ts';
import { measurePassage } from './measure.ts';
import { usePeople } from './people.tsx';
import type { Thread } from './threads.ts';

/** Eyes rest at about this part of the screen's height. */
const READING_LINE = 0.4;

export interface HeldArrivals extends Pick<Arrivals, 'above' | 'below'> {
  /** Came while the page was open, and stands. */
  fresh: ReadonlySet<string>;
  /** Lets what waits on this side stand, and goes to the nearest of it. */
  show: (side: 'above' | 'below') => void;
}

/** Keeps notes that come above the reading line from moving what is being read. */
export function useArrivals(notes: readonly Thread[], chosen: AnnotationId | null): HeldArrivals {
  const { text, goTo } = useReading();
  const { margin, typing } = useDesk();
  const { me } = usePeople();
  const frozen = useSlice(typing);
  const [scrolled, setScrolled] = useState(0);
  const arrivals = useRef(noArrivals);
  const first = useRef<ReadonlySet<string> | null>(null);
  const asked = useRef<ReadonlySet<string>>(new Set());

  const byId = useMemo(() => new Map(notes.map((thread) => [thread.annotation.id as string, thread])), [notes]);
  const ids = useMemo(() => [...byId.keys()], [byId]);

  const now = useMemo(() => {
    if (!margin.synced) return noArrivals;
    if (first.current === null) {
      first.current = new Set(ids);
      arrivals.current = { ...noArrivals, known: first.current };
    }
    const whereIs = (id: string): Whereabouts => {
      const root = text();
      const anchor = byId.get(id)?.annotation.anchor;
      const box = root !== null && anchor ? measurePassage(root, anchor) : null;
      if (box === null) return 'in-sight';
      if (box.baseline < innerHeight * READING_LINE) return 'above';
      return box.top > innerHeight ? 'below' : 'in-sight';
    };
    const mine = (id: string) => byId.get(id)?.annotation.author === me.id || id === chosen || asked.current.has(id);
    arrivals.current = holdArrivals(arrivals.current, { ids, mine, whereIs, frozen });
    return arrivals.current;
    // `scrolled` is where the page stands: what waits is judged again when it moved.
  }, [ids, byId, margin.synced, text, me.id, chosen, frozen, scrolled]);

  const waiting = now.above.size + now.below.size > 0;
  useEffect(() => {
    if (!waiting) return undefined;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setScrolled(scrollY));
    };
    addEventListener('scroll', look, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', look);
    };
  }, [waiting]);

  const show = (side: 'above' | 'below') => {
    const ordered = ids.filter((id) => now[side].has(id));
    const anchor = byId.get((side === 'above' ? ordered.at(-1) : ordered[0]) ?? '')?.annotation.anchor;
    asked.current = new Set([...asked.current, ...ordered]);
    setScrolled(scrollY - 1);
    if (anchor) goTo({ start: anchor.start, end: anchor.end });
  };
  const fresh = useMemo(() => new Set(ids.filter((id) => first.current?.has(id) === false)), [ids]);
  return { above: now.above, below: now.below, fresh, show };
}
