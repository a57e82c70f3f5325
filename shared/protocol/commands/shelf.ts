import { z } from 'zod';
import { bookIdSchema, commandIdSchema } from '#shared/records/ids.ts';

/** A host or co-host takes a book off the shelf, with everything written in it. */
export const bookRemoveSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('book.remove'),
  book: bookIdSchema,
});
