const JUMP = 'lectern:jump';

/** Says that the reader asked to be taken elsewhere on the page: to a person, to what is new, to the chapter's talk. */
export const sayJump = (): void => void window.dispatchEvent(new Event(JUMP));

/** Hears of such jumps; whoever is being led then goes their own way. Returns the way to stop listening. */
export function onJump(listener: () => void): () => void {
  window.addEventListener(JUMP, listener);
  return () => window.removeEventListener(JUMP, listener);
}
