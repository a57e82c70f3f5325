import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type FocusEvent,
  useCallback,
  useEffect,
  useRef,
} from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useNames } from '#components/room/room-provider.tsx';
import { comparePositions } from '#shared/anchoring/quote.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { colourMeanings } from '#shared/records/colours.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import { cycle, markAt, notesOf, TabStop } from './marks-on-page.ts';
import type { PageMarks } from './page-marks.ts';
import type { Reading } from './reading-context.tsx';

/** Shortest first: who clicks on overlapping marks means the inner one; clicking again goes on to the next. */
const byLength = (a: Annotation, b: Annotation): number =>
  (a.anchor?.quote.exact.length ?? 0) - (b.anchor?.quote.exact.length ?? 0) || (a.id < b.id ? -1 : 1);

export interface MarkHandlers {
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  onPointerDown: (event: PointerEvent) => void;
}

/** Opens threads from the marks in the text, by click, tap or key. */
export function useMarks(reading: Reading): MarkHandlers {
  const { annotations, replies } = useMargin();
  const names = useNames();
  const { text, chosen, choose } = reading;

  const tabStop = useRef(new TabStop());
  const detailed = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const root = text();
    if (root === null) return undefined;
    const { current: stop } = tabStop;
    const observer = new MutationObserver(() => stop.keep(root));
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ['data-stop'] });
    stop.keep(root);
    return () => observer.disconnect();
  }, [text]);
  useEffect(() => {
    if (detailed.current !== null) tellDetails(detailed.current);
  }, [chosen]);

  const open = useCallback(
    (mark: Element, focus: boolean) => {
      const ids = notesOf(mark)
        .flatMap((id) => annotations.get(id) ?? [])
        .sort(byLength)
        .map(({ id }) => id);
      choose(cycle<AnnotationId>(ids, chosen), { focus });
    },
    [annotations, chosen, choose],
  );

  const onClick = useCallback(
    (event: MouseEvent) => {
      const mark = markAt(event.target);
      if (mark !== null && document.getSelection()?.isCollapsed !== false) open(mark, false);
    },
    [open],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      if (!(event.target instanceof Element) || !event.target.matches('mark[data-stop]')) return;
      event.preventDefault();
      event.stopPropagation();
      open(event.target, true);
    },
    [open],
  );
  const onFocus = useCallback(
    (event: FocusEvent) => {
      if (!(event.target instanceof HTMLElement) || !event.target.matches('mark[data-stop]')) return;
      const mark = event.target;
      tabStop.current.moveTo(mark);
      const notes = notesOf(mark).flatMap((id) => annotations.get(id) ?? []);
      // Told to assistive technology alone, and only here: words in the page would end up in what people copy.
      mark.setAttribute(
        'aria-description',
        notes.map((note) => describe(note, names.get(note.author), replies)).join('; '),
      );
      if (detailed.current !== mark) detailed.current?.removeAttribute('aria-details');
      detailed.current = mark;
      tellDetails(mark);
    },
    [annotations, replies, names],
  );

  return { onClick, onKeyDown, onFocus, onPointerDown: letSelect };
}

/** Points assistive technology from a mark to its open thread; a reference to what is closed would point nowhere. */
function tellDetails(mark: Element): void {
  const open = notesOf(mark)
    .map((id) => `note-${id}`)
    .filter((id) => document.getElementById(id) !== null);
  if (open.length > 0) mark.setAttribute('aria-details', open.join(' '));
  else mark.removeAttribute('aria-details');
}

/**
 * Chromium takes a press on a focusable inline element for focus and starts no selection from it. While the pointer is
 * down on a mark, it therefore cannot hold focus, and people can select words that are marked already.
 */
function letSelect(event: PointerEvent): void {
  const stop = event.target instanceof Element ? event.target.closest<HTMLElement>('mark[data-stop]') : null;
  if (stop === null || event.pointerType !== 'mouse') return;
  const { tabIndex } = stop;
  stop.removeAttribute('tabindex');
  window.addEventListener('pointerup', () => (stop.tabIndex = tabIndex), { once: true });
}

function describe(note: Annotation, name: string | undefined, replies: MarginRecords['replies']): string {
  let count = 0;
  for (const reply of replies.values()) if (reply.annotation === note.id && !reply.deleted) count += 1;
  const who =
    note.visibility === 'private'
      ? 'in pencil, only for you'
      : `${colourMeanings[note.colour]}, by ${name ?? 'somebody'}`;
  const talk = count === 0 ? '' : `, ${count} ${count === 1 ? 'reply' : 'replies'}`;
  return `${note.body === '' ? 'Highlight' : 'Note'}: ${who}${talk}`;
}

/** Shown annotations in the order of the text. */
export function inReadingOrder(marks: PageMarks, annotations: ReadonlyMap<AnnotationId, Annotation>): Annotation[] {
  const shown = [...marks.annotations()].flatMap((id) => annotations.get(id) ?? []);
  return shown.sort((a, b) => {
    if (a.anchor === null || b.anchor === null) return 0;
    return comparePositions(a.anchor.start, b.anchor.start) || byLength(a, b);
  });
}
