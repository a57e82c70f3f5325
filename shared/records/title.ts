import { z } from 'zod';
import { TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000e-\u001f\u007f]/gu;

/** A title, or an author's name, as people write it: NFC, white space folded, 1 to 240 characters. */
export const titleSchema = z
  .string()
  .transform((raw) => raw.toWellFormed().normalize('NFC').replace(controls, '').replace(/\s+/gu, ' ').trim())
  .refine((title) => title.length > 0 && title.length <= TITLE_MAX_CHARS, 'a title of 1 to 240 characters');
