import { z } from 'zod';
import { PAD_VERSION_TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { memberIdSchema, padVersionIdSchema } from './id-schemas.ts';

/**
 * Why a version was kept: somebody named it, the last writer left, an older one was about to be restored, or the pad was
 * found damaged and rebuilt (then it is what could still be read of the damaged one).
 */
export const padVersionCauseSchema = z.enum(['named', 'left', 'restore', 'damaged']);
export type PadVersionCause = z.infer<typeof padVersionCauseSchema>;

/** One line, without what could turn it round or hide in it. */
export const padVersionTitleSchema = z
  .string()
  .max(PAD_VERSION_TITLE_MAX_CHARS * 4)
  .transform((raw) =>
    raw
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  )
  .refine((title) => title.length > 0 && title.length <= PAD_VERSION_TITLE_MAX_CHARS, 'too long, or empty');

/** The pad of one book as it stood once. `author` is who named it, wrote last, or restored; `title` only where named. */
export const padVersionSchema = z.object({
  id: padVersionIdSchema,
  cause: padVersionCauseSchema,
  title: z.string().nullable(),
  author: memberIdSchema.nullable(),
  createdAt: z.number().int(),
});
export type PadVersion = z.infer<typeof padVersionSchema>;
