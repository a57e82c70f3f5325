import { annotationIdSchema, type AnnotationId } from '#shared/records/ids.ts';

/** Marks in the page, as elements: what a click hits, which one the keyboard is at. */
const STOP = 'mark[data-stop]';

export function notesOf(mark: Element): AnnotationId[] {
  const ids = (mark.getAttribute('data-notes') ?? '').split(' ');
  return ids.flatMap((id) => annotationIdSchema.safeParse(id).data ?? []);
}

/** The mark under a click, unless a link in it was meant. */
export function markAt(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element) || target.closest('a, button') !== null) return null;
  return target.closest<HTMLElement>('mark[data-notes]');
}

/** Where the keyboard stops for an annotation: the first mark of it that can hold focus. */
export const stopFor = (root: Element, annotation: AnnotationId): HTMLElement | null =>
  root.querySelector<HTMLElement>(`${STOP}[data-notes~="${annotation}"]`);

/** One mark alone is a tab stop, the one that was focused last or the first; `[` and `]` move among them. */
export function keepOneStop(root: Element): void {
  const stops = root.querySelectorAll<HTMLElement>(STOP);
  const open = [...stops].filter((stop) => stop.tabIndex === 0);
  if (open.length === 1) return;
  for (const stop of open) stop.tabIndex = -1;
  if (stops[0] !== undefined) stops[0].tabIndex = 0;
}

export function moveStop(root: Element, stop: HTMLElement): void {
  for (const other of root.querySelectorAll<HTMLElement>(`${STOP}[tabindex="0"]`)) other.tabIndex = -1;
  stop.tabIndex = 0;
}

/** The next of `ids` after `chosen`, in a ring; the first when none of them is chosen. */
export function cycle<Id>(ids: readonly Id[], chosen: Id | null): Id | null {
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  return ids[(at + 1) % Math.max(1, ids.length)] ?? null;
}
