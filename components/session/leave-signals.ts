import { onJump } from '#components/reader/jumps.ts';

const scrollKeys = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));

/** Whether a key press belongs to something that is open over the text, and so must not end the following. */
const isTakenByOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role="dialog"], [role="menu"], [role="toolbar"], [role="listbox"]') !== null;

/**
 * Calls back when the reader goes elsewhere on their own account: wheel, touch, scroll keys, the scrollbar, a jump. Scrolling that the
 * page does by itself raises none of these, so following never ends itself; selecting and writing do not end it either
 * (Live Share's users complained of both). Esc counts only when nothing else wanted it.
 */
export function onLeaveSignal(leave: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isEditable(event.target) || isTakenByOverlay(event.target)) return;
    if (event.key === 'Escape' || scrollKeys.has(event.key)) leave();
  };
  const onWheel = (event: WheelEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('.slip, .desk, .sheet, [role="dialog"]') === null)
      leave();
  };
  const onTouch = (event: TouchEvent) => {
    if (
      event.target instanceof Element &&
      event.target.closest('.text') !== null &&
      document.getSelection()?.isCollapsed !== false
    )
      leave();
  };
  const onPointer = (event: PointerEvent) => {
    const onScrollbar =
      event.target === document.documentElement && event.clientX >= document.documentElement.clientWidth;
    if (onScrollbar) leave();
  };
  const stopHearingJumps = onJump(leave);
  window.addEventListener('keydown', onKey);
  window.addEventListener('wheel', onWheel, { passive: true });
  window.addEventListener('touchmove', onTouch, { passive: true });
  window.addEventListener('pointerdown', onPointer);
  return () => {
    stopHearingJumps();
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('wheel', onWheel);
    window.removeEventListener('touchmove', onTouch);
    window.removeEventListener('pointerdown', onPointer);
  };
}

/** Somebody in the middle of a sentence of their own is not to be taken anywhere; an empty field is no sentence. */
export function isWriting(): boolean {
  const field = document.activeElement;
  return (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.value !== '';
}
