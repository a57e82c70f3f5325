/** Whether a key press is meant for the page itself: nobody types, composes (IME), or has something open over the text. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]')) return false;
  return target.closest('[role="dialog"], [role="menu"], [role="listbox"]') === null;
}
