import { useEffect, useRef, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useConnection, useRoom, useRoomState } from '#components/room/room-provider.tsx';
import type { Slice } from '#components/room/slice.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { Place } from '#shared/records/room.ts';
import { rangeOf } from './dom-positions.ts';
import { latestIn } from './new-notes.ts';
import { targetOf } from './passage-link.ts';
import { FADE_PX, scrollTopFor } from './place.ts';
import type { ReadingPlace } from './reading-context.tsx';
import { headHeight } from './use-place.ts';

const KEEP_AFTER_MS = 3_000;

/** Where this member stopped when they were here last, as it was when the page was opened. */
export function usePlaceBefore(chapter: Chapter): Place | null {
  const { places } = useRoomState();
  const [before] = useState(() => places.find((place) => place.chapter === chapter.id) ?? null);
  return before;
}

/**
 * Goes back to where the reader stopped, unless the address or a session points elsewhere; true when the page moved. The
 * kept line stands again just beneath the head.
 */
export function useReturn(text: () => HTMLElement | null, before: Place | null): boolean {
  const { session } = useRoomState();
  const [returned, setReturned] = useState(false);
  const done = useRef(false);
  useEffect(() => {
    const root = text();
    if (done.current || root === null) return;
    done.current = true;
    const isLed = session !== null && session.chapter === before?.chapter;
    if (before === null || isLed || pointsElsewhere(location.hash) || before.progress >= 1) return;
    const range = rangeOf(root, { start: before.position, end: before.position });
    if (range === null) return;
    const top = scrollTopFor(range, headHeight() + FADE_PX, 0);
    if (top <= innerHeight / 4) return;
    history.scrollRestoration = 'manual';
    scrollTo({ top, behavior: 'instant' });
    setReturned(true);
  }, [text, before, session]);
  return returned;
}

const pointsElsewhere = (hash: string): boolean => targetOf(hash) !== null || /^#(?:b|foot-n)\d+$/u.test(hash);

/**
 * Keeps the place: three seconds after the reader came to rest, and when the page is put away. `seenAt` says up to when
 * they have seen what the margin holds.
 */
export function useKeepPlace(chapter: Chapter, place: Slice<ReadingPlace | null>, before: Place | null): void {
  const room = useRoom();
  const connection = useConnection();
  const { annotations, replies } = useMargin();
  const seenAt = useRef(before?.seenAt ?? 0);

  useEffect(() => {
    if (document.visibilityState === 'hidden') return;
    seenAt.current = Math.max(seenAt.current, latestIn({ annotations, replies, reactions: new Map() }));
  }, [annotations, replies]);

  useEffect(() => {
    if (connection.state !== 'online') return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let kept = '';
    const keep = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const now = place.get();
      if (now === null) return;
      const { position, progress } = now;
      const text = JSON.stringify([position, progress, seenAt.current]);
      if (text === kept) return;
      kept = text;
      void room.send({ kind: 'self.place', chapter: chapter.id, position, progress, seenAt: seenAt.current });
    };
    const schedule = () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(keep, KEEP_AFTER_MS);
    };
    const onHide = () => {
      if (document.visibilityState === 'hidden') keep();
    };
    schedule();
    const unsubscribe = place.subscribe(schedule);
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', keep);
    return () => {
      keep();
      unsubscribe();
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', keep);
    };
  }, [connection.state, room, chapter.id, place]);
}
