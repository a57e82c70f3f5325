import { useLayoutEffect, useRef } from 'react';
import type { WritableSlice } from '#components/room/slice.ts';
import { useToast } from '#components/ui/toast.tsx';
import { passageText } from '#shared/anchoring/quote.ts';
import { rangeOf } from './dom-positions.ts';
import type { Reading, ReadingPlace } from './reading-context.tsx';
import type { StandingText } from './standing-text.ts';

/**
 * When another text is put on the page, the sentence that the reader is at stays at the very height where it was, and a
 * comment being begun goes with its words.
 */
export function useSteadyText(
  reading: Reading,
  { change, beforeChange }: StandingText,
  place: WritableSlice<ReadingPlace | null>,
): void {
  const { text, draft, setDraft, chapter } = reading;
  const say = useToast();
  const held = useRef<{ place: ReadingPlace; top: number; words: string } | null>(null);

  useLayoutEffect(() => {
    beforeChange.current = () => {
      const root = text();
      const now = place.get();
      const range = root && now && rangeOf(root, now.sentence);
      const words = draft?.passage ? passageText(chapter.blocks, draft.passage) : '';
      held.current = range && now ? { place: now, top: range.getBoundingClientRect().top, words } : null;
      // What was selected is other words now, or none.
      document.getSelection()?.removeAllRanges();
    };
  }, [beforeChange, text, place, draft, chapter]);

  useLayoutEffect(() => {
    const was = held.current;
    held.current = null;
    const root = text();
    if (change === null || was === null || root === null) return;
    const sentence = change.carry(was.place.sentence);
    if (sentence === null) return;
    place.set({ ...was.place, position: sentence.start, sentence });
    const range = rangeOf(root, sentence);
    if (range && scrollY > 0) scrollBy({ top: range.getBoundingClientRect().top - was.top, behavior: 'instant' });
    if (!draft?.passage) return;
    const passage = change.carry(draft.passage);
    if (passage !== null && passageText(chapter.blocks, passage) !== was.words) {
      say({ says: 'The words that you were writing about were revised.', calls: true });
    }
    setDraft({ ...draft, passage });
    // Once for each text: what else changes meanwhile is no reason to move anything.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [change]);
}
