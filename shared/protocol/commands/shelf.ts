import { z } from 'zod';
import { bookIdSchema, commandIdSchema } from '#shared/records/id-schemas.ts';
import { titleSchema } from '#shared/records/title.ts';

/** A host or co-host takes a book off the shelf, with everything written in it. */
export const bookRemoveSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('book.remove'),
  book: bookIdSchema,
});

/**
 * A host or co-host gives a book its title and author (null where nobody knows). The only chapter of a book that bore the
 * book's old title bears the new one.
 */
export const bookRenameSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('book.rename'),
  book: bookIdSchema,
  title: titleSchema,
  author: titleSchema.nullable(),
});

/** A host or co-host moves a book in the reading order: to before that one, or to the end (null). */
export const bookMoveSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('book.move'),
  book: bookIdSchema,
  before: bookIdSchema.nullable(),
});
