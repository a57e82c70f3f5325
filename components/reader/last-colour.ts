import type { Colour } from '#shared/records/annotation.ts';
import { isColour } from '#shared/records/colours.ts';

const KEY = 'lectern-colour';

/** The ink this reader dipped into last, on this device. */
export function lastColour(): Colour {
  try {
    const kept = localStorage.getItem(KEY);
    return isColour(kept) ? kept : 'saffron';
  } catch {
    return 'saffron';
  }
}

export function keepColour(colour: Colour): void {
  try {
    localStorage.setItem(KEY, colour);
  } catch {
    // Browsers that keep nothing start with saffron again.
  }
}
