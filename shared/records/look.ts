/** All that can be chosen about the page, what it is at first in front. */
const choices = {
  theme: ['system', 'light', 'sepia', 'dark', 'contrast', 'contrast-dark'],
  face: ['serif', 'sans', 'legible', 'dyslexic'],
  /** Steps from the default (20 px, 18 px on a phone), each a twelfth larger or smaller. */
  size: [0, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8] as readonly number[],
  leading: ['normal', 'close', 'open'],
  measure: ['normal', 'narrow', 'wide'],
  align: ['start', 'justify'],
  paragraphs: ['indent', 'space'],
  /** Whose marks show on the page: everyone's, one's own, or none. */
  marks: ['all', 'mine', 'none'],
  /** Single-letter shortcuts can be turned off (WCAG 2.1.4). */
  letterKeys: [true, false],
} as const;

/**
 * How one reader wants the page set. Kept in a cookie of its own (`lectern-look`, readable by scripts, no identity in it),
 * so that the server can send the page already set and nothing flickers, before any script has run.
 */
export type Look = { -readonly [Field in keyof typeof choices]: (typeof choices)[Field][number] };

export const LOOK_COOKIE = 'lectern-look';

export const defaultLook: Look = chosenIn({});

/** Reads the cookie's value; whatever is not understood falls back to its default, field by field. */
export function parseLook(value: string | undefined): Look {
  if (value === undefined) return defaultLook;
  try {
    const said: unknown = JSON.parse(decodeURIComponent(value));
    return typeof said === 'object' && said !== null ? chosenIn(said) : defaultLook;
  } catch {
    return defaultLook;
  }
}

function chosenIn(said: object): Look {
  const wanted = new Map<string, unknown>(Object.entries(said));
  const fields = Object.entries(choices).map(([field, allowed]) => [
    field,
    allowed.find((choice) => choice === wanted.get(field)) ?? allowed[0],
  ]);
  return Object.fromEntries(fields) as Look;
}

export const serialiseLook = (look: Look): string => encodeURIComponent(JSON.stringify(look));

/** Attributes for `<html>`; the stylesheet does the rest. `data-theme` is left out for 'system'. */
export function lookAttributes(look: Look): Record<`data-${string}`, string> {
  return {
    ...(look.theme === 'system' ? {} : { 'data-theme': look.theme }),
    'data-face': look.face,
    'data-size': String(look.size),
    'data-leading': look.leading,
    'data-measure': look.measure,
    'data-align': look.align,
    'data-paragraphs': look.paragraphs,
    'data-marks': look.marks,
  };
}
