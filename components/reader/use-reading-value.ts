import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { createSlice, type WritableSlice } from '#components/room/slice.ts';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { rangeOf } from './dom-positions.ts';
import { glideTo } from './glide.ts';
import { scrollTopFor } from './place.ts';
import type { Draft, Reading, ReadingPlace } from './reading-context.tsx';
import { headHeight } from './use-place.ts';

/** What the parts of a reading page share, and the ref of its text column. */
export function useReadingValue(
  book: Book,
  chapter: Chapter,
): { reading: Reading; article: RefObject<HTMLElement | null>; place: WritableSlice<ReadingPlace | null> } {
  const article = useRef<HTMLElement>(null);
  const text = useCallback(() => article.current, []);
  const [place] = useState(() => createSlice<ReadingPlace | null>(null));
  const [draft, setDraft] = useState<Draft | null>(null);
  const [placing, setPlacing] = useState<AnnotationId | null>(null);
  const [chosen, setChosen] = useState<{ id: AnnotationId | null; focus: boolean }>({ id: null, focus: false });
  const { annotations } = useMargin();
  const known = useRef(annotations);
  // Before any effect of the parts within, which may choose the very note that has just come.
  useLayoutEffect(() => {
    known.current = annotations;
  }, [annotations]);

  const goTo = useCallback((passage: Passage, motion: 'glide' | 'instant' = 'glide') => {
    const range = article.current && rangeOf(article.current, passage);
    if (!range) return;
    const top = scrollTopFor(range, headHeight());
    if (motion === 'glide') glideTo(top);
    else scrollTo({ top, behavior: 'instant' });
  }, []);

  const choose = useCallback<Reading['choose']>(
    (id, { scroll = false, focus = false } = {}) => {
      setChosen({ id, focus });
      const anchor = id === null ? null : (known.current.get(id)?.anchor ?? null);
      if (scroll && anchor !== null) goTo(anchor);
    },
    [goTo],
  );

  // After the thread stands on the page: only then is there something that can hold focus.
  useEffect(() => {
    if (chosen.id !== null && chosen.focus)
      document.getElementById(`note-${chosen.id}`)?.focus({ preventScroll: true });
  }, [chosen]);

  const reading = useMemo(
    (): Reading => ({
      book,
      chapter,
      text,
      chosen: chosen.id,
      choose,
      draft,
      setDraft,
      placing,
      setPlacing,
      place,
      goTo,
    }),
    [book, chapter, text, chosen.id, choose, draft, placing, place, goTo],
  );
  return { reading, article, place };
}
