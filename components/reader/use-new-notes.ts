import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import { comparePositions } from '#shared/anchoring/quote.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Place } from '#shared/records/room.ts';
import { latestIn, newsSince } from './new-notes.ts';
import { sayJump } from './jumps.ts';
import type { Reading } from './reading-context.tsx';

/** Arrivals are gathered this long before a screen reader hears of them: never one by one. */
const ANNOUNCE_AFTER_MS = 4_000;

export interface NewNotes {
  count: number;
  goToNext: () => void;
}

/**
 * What others wrote since this member was here last; who is here for the first time starts from what stood in the margin
 * when it came. A thread is news until it was opened or jumped to.
 */
export function useNewNotes(reading: Reading, before: Place | null, announce: (words: string) => void): NewNotes {
  const margin = useMargin();
  const { you } = useRoomState();
  const [since, setSince] = useState<number | null>(before?.seenAt ?? null);
  const [visited, setVisited] = useState<ReadonlyMap<AnnotationId, number>>(new Map());
  const { chosen, choose, place } = reading;
  const { synced, annotations, replies } = margin;

  useEffect(() => {
    if (synced && since === null) setSince(latestIn({ annotations, replies, reactions: new Map() }));
  }, [synced, since, annotations, replies]);

  const news = useMemo(() => {
    if (since === null) return [];
    const all = newsSince({ annotations, replies, reactions: new Map() }, since, you);
    return all.filter(({ annotation, at }) => at > (visited.get(annotation) ?? 0));
  }, [annotations, replies, since, you, visited]);

  const see = useCallback(
    (annotation: AnnotationId) =>
      setVisited((seen) => {
        const entry = news.find((one) => one.annotation === annotation);
        return entry === undefined ? seen : new Map(seen).set(annotation, entry.at);
      }),
    [news],
  );
  useEffect(() => {
    if (chosen !== null && news.some(({ annotation }) => annotation === chosen)) see(chosen);
  }, [chosen, news, see]);

  useAnnouncedArrivals(synced, news.length, announce);

  const goToNext = useCallback(() => {
    const here = place.get()?.position ?? null;
    const anchored = news.flatMap(({ annotation }) => {
      const anchor = annotations.get(annotation)?.anchor ?? null;
      return anchor === null ? [] : [{ annotation, start: anchor.start }];
    });
    anchored.sort((a, b) => comparePositions(a.start, b.start));
    const next = anchored.find(({ start }) => here === null || comparePositions(start, here) >= 0) ?? anchored[0];
    const target = next?.annotation ?? news[0]?.annotation;
    if (target === undefined) return;
    sayJump();
    choose(target, { scroll: true });
    see(target);
  }, [news, annotations, place, choose, see]);

  return { count: news.length, goToNext };
}

/** One polite sentence for what came in, gathered. What stood there at the beginning is no arrival. */
function useAnnouncedArrivals(synced: boolean, count: number, announce: (words: string) => void): void {
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (!synced) return undefined;
    if (told.current === null || count < told.current) told.current = count;
    const arrived = count - told.current;
    if (arrived === 0) return undefined;
    const timer = setTimeout(() => {
      told.current = count;
      announce(`${arrived} new ${arrived === 1 ? 'note' : 'notes'} in this chapter`);
    }, ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [synced, count, announce]);
}
