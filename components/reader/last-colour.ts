import { type Colour, colourSchema } from '#shared/records/annotation.ts';

const KEY = 'lectern-colour';

/** The ink this reader dipped into last, on this device. */
export function lastColour(): Colour {
  try {
    return colourSchema.catch('saffron').parse(localStorage.getItem(KEY));
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
