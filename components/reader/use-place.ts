import { type RefObject, useEffect, useRef } from 'react';
import { useRoom } from '#components/room/room-provider.tsx';
import type { WritableSlice } from '#components/room/slice.ts';
import type { Chapter } from '#shared/records/book.ts';
import { PlaceFinder } from './place.ts';
import type { ReadingPlace } from './reading-context.tsx';

export const headHeight = (): number => document.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0;

/** Keeps `place` true while the reader scrolls, at most once a frame, and tells the room. */
export function usePlace(
  text: () => HTMLElement | null,
  chapter: Chapter,
  place: WritableSlice<ReadingPlace | null>,
): RefObject<PlaceFinder | null> {
  const room = useRoom();
  const finder = useRef<PlaceFinder | null>(null);

  useEffect(() => {
    const root = text();
    if (root === null) return undefined;
    const found = new PlaceFinder(root, chapter.blocks);
    finder.current = found;
    let frame = 0;
    const measure = () => {
      frame = 0;
      const now = found.find(headHeight());
      if (now === null || isSamePlace(place.get(), now)) return;
      place.set(now);
      room.report({ chapter: chapter.id, position: now.position, progress: now.progress });
    };
    const schedule = () => (frame ||= requestAnimationFrame(measure));
    const remeasure = () => {
      found.invalidate();
      schedule();
    };
    const observer = new ResizeObserver(remeasure);
    observer.observe(root);
    window.addEventListener('scroll', schedule, { passive: true });
    window.addEventListener('resize', remeasure);
    void document.fonts.ready.then(remeasure);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      window.removeEventListener('scroll', schedule);
      window.removeEventListener('resize', remeasure);
      finder.current = null;
    };
  }, [text, chapter, place, room]);
  return finder;
}

const isSamePlace = (before: ReadingPlace | null, now: ReadingPlace): boolean =>
  before !== null &&
  before.progress === now.progress &&
  before.position.block === now.position.block &&
  before.position.offset === now.position.offset &&
  before.sentence.start.block === now.sentence.start.block &&
  before.sentence.start.offset === now.sentence.start.offset;
