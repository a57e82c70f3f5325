import { z } from 'zod';
import { NAME_MAX_BYTES, NAME_MAX_GRAPHEMES } from '#shared/protocol/limits.ts';
import { byteLength, graphemeCount } from '#shared/text/measure.ts';
import { memberIdSchema } from './id-schemas.ts';
import { roles } from './roles.ts';

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** The ten inks of people (`--p-…` in the theme). None of them is red: red is the host's and attention's alone. */
export const inks = ['indigo', 'moss', 'plum', 'petrol', 'ochre', 'slate', 'violet', 'bottle', 'umber', 'ink'] as const;
export const inkSchema = z.enum(inks);
export type Ink = z.infer<typeof inkSchema>;

// Control characters, and the bidirectional overrides that could make one name read as another.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name as people write it: any script, emoji, 1 to 60 graphemes after trimming; controls are dropped, spaces folded. */
export const nameSchema = z
  .string()
  .max(NAME_MAX_BYTES)
  .transform((raw) => raw.toWellFormed().normalize('NFC').replace(unprintable, '').replace(/\s+/gu, ' ').trim())
  .refine((name) => name.length > 0, 'a name needs at least one character')
  .refine((name) => byteLength(name) <= NAME_MAX_BYTES && graphemeCount(name) <= NAME_MAX_GRAPHEMES, 'too long');

/** One or two graphemes shown in a face. */
export const initialsSchema = z
  .string()
  .max(64)
  .transform((raw) => raw.toWellFormed().normalize('NFC').replace(unprintable, '').trim())
  .refine((text) => text.length > 0 && graphemeCount(text) <= 2, 'one or two characters');

/** A person in a room, as every other member may see them. Times are milliseconds since the epoch. */
export const memberSchema = z.object({
  id: memberIdSchema,
  name: z.string(),
  initials: z.string(),
  ink: inkSchema,
  role: roleSchema,
  muted: z.boolean(),
  removed: z.boolean(),
  joinedAt: z.number().int(),
});
export type Member = z.infer<typeof memberSchema>;
