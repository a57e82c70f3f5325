import type { Annotation } from '#shared/records/annotation.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';

/** A margin sorted by the text that is on the page. */
export interface PlacedRecords {
  /** Notes at words of this text, and the talk about the chapter. */
  records: MarginRecords;
  /** Notes that were not found in this text. */
  lost: ReadonlyMap<AnnotationId, Annotation>;
}

const none: ReadonlyMap<AnnotationId, Annotation> = new Map();

/**
 * Offsets count in one text only: a note whose anchor is of another one is not shown at words that it never meant. While a
 * revision is on its way (the margin came before the text, or after it) such notes wait, and are neither placed nor lost.
 */
export function placedIn(hash: string, all: MarginRecords): PlacedRecords {
  let isWhole = true;
  for (const { anchor } of all.annotations.values()) if (anchor !== null && anchor.hash !== hash) isWhole = false;
  if (isWhole) return { records: all, lost: none };
  const annotations = new Map<AnnotationId, Annotation>();
  const lost = new Map<AnnotationId, Annotation>();
  for (const [id, annotation] of all.annotations) {
    const { anchor } = annotation;
    if (anchor === null || anchor.hash === hash) annotations.set(id, annotation);
    else if (anchor.lost?.hash === hash) lost.set(id, annotation);
  }
  return { records: { ...all, annotations }, lost };
}
