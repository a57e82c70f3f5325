import { z } from 'zod';
import { annotationSchema, replySchema } from '#shared/records/annotation.ts';

/** What was hidden in a chapter, with its words: for host and co-hosts alone, over the HTTP API. */
export const hiddenWordsSchema = z.object({ annotations: z.array(annotationSchema), replies: z.array(replySchema) });
