'use client';

import { useEffect } from 'react';

/**
 * Stands in the place of a field whose code is on its way: what is typed meanwhile is nobody else's, and is written into the field
 * once it stands there and has the keyboard.
 */
export function TypedAhead() {
  useEffect(() => {
    let typed = '';
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target)) return;
      if (event.key === 'Backspace') typed = typed.slice(0, -1);
      else if (event.key.length === 1) typed += event.key;
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      // After the field's own effects, which take the keyboard there.
      queueMicrotask(() => {
        // The one way to type for somebody that a field's listeners and its Undo know of.
        if (typed !== '' && isField(document.activeElement)) document.execCommand('insertText', false, typed);
      });
    };
  }, []);
  return null;
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
