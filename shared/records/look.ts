import { z } from 'zod';

/**
 * How one reader wants the page set. Kept in a cookie of its own (`lectern-look`, readable by scripts, no identity in it),
 * so that the server can send the page already set and nothing flickers, before any script has run.
 * `size` counts steps from the default (20 px, 18 px on a phone), each a twelfth larger or smaller.
 */
export const lookSchema = z.object({
  theme: z.enum(['system', 'light', 'sepia', 'dark', 'contrast', 'contrast-dark']).catch('system'),
  face: z.enum(['serif', 'sans', 'legible', 'dyslexic']).catch('serif'),
  size: z.number().int().min(-3).max(8).catch(0),
  leading: z.enum(['close', 'normal', 'open']).catch('normal'),
  measure: z.enum(['narrow', 'normal', 'wide']).catch('normal'),
  align: z.enum(['start', 'justify']).catch('start'),
  paragraphs: z.enum(['indent', 'space']).catch('indent'),
  /** Whose marks show on the page: everyone's, one's own, or none. */
  marks: z.enum(['all', 'mine', 'none']).catch('all'),
  /** Single-letter shortcuts can be turned off (WCAG 2.1.4). */
  letterKeys: z.boolean().catch(true),
});
export type Look = z.infer<typeof lookSchema>;

export const LOOK_COOKIE = 'lectern-look';

export const defaultLook: Look = lookSchema.parse({});

/** Reads the cookie's value; whatever is not understood falls back to its default, field by field. */
export function parseLook(value: string | undefined): Look {
  if (value === undefined) return defaultLook;
  try {
    const parsed = lookSchema.safeParse(JSON.parse(decodeURIComponent(value)));
    return parsed.success ? parsed.data : defaultLook;
  } catch {
    return defaultLook;
  }
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
