'use client';

import { createContext, useContext } from 'react';
import type { Passage, Position } from '#shared/anchoring/anchor.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { Colour, Visibility } from '#shared/records/annotation.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Slice } from '#components/room/slice.ts';

/** Where the reader is: the first position in sight, the sentence at the reading line, how far through (0 to 1). */
export interface ReadingPlace {
  position: Position;
  sentence: Passage;
  progress: number;
}

/** A comment being begun on a passage (null: in the chapter-wide talk). */
export interface Draft {
  passage: Passage | null;
  colour: Colour;
  visibility: Visibility;
}

/**
 * What the parts of one reading page share: which note is open, what is being begun, where the reader is. The text column
 * is `text`; in it every block is an element with `data-b="b12"`, every run of text a span with `data-o` (its UTF-16 offset in
 * the block), every mark carries `data-notes` (annotation ids, space-separated).
 */
export interface Reading {
  book: Book;
  chapter: Chapter;
  text: () => HTMLElement | null;
  chosen: AnnotationId | null;
  /** Opens a thread (null closes); `scroll` brings its passage into view, `focus` moves the keyboard into the thread. */
  choose: (annotation: AnnotationId | null, options?: { scroll?: boolean; focus?: boolean }) => void;
  draft: Draft | null;
  setDraft: (draft: Draft | null) => void;
  /** The note that lost its words and is being given others; null when none is. */
  placing: AnnotationId | null;
  setPlacing: (annotation: AnnotationId | null) => void;
  place: Slice<ReadingPlace | null>;
  /** Scrolls so that the passage stands at the reading line (a third down). Instant under reduced motion. */
  goTo: (passage: Passage, motion?: 'glide' | 'instant') => void;
}

export const ReadingContext = createContext<Reading | null>(null);

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (reading === null) throw new Error('useReading outside of a reading page');
  return reading;
}
