import type { Reading } from '#components/reader/reading-context.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';

/** Closes a thread and gives the keyboard back to the mark it was opened from. */
export function leaveThread(text: HTMLElement | null, thread: AnnotationId, choose: Reading['choose']): void {
  const hadFocus = document.activeElement?.closest(`#note-${thread}`) !== null;
  choose(null);
  if (!hadFocus) return;
  const marks = [...(text?.querySelectorAll<HTMLElement>(`[data-notes~="${thread}"]`) ?? [])];
  const mark = marks.find((one) => one.hasAttribute('tabindex')) ?? marks[0];
  mark?.focus({ preventScroll: true });
}
