import { z } from 'zod';
import { passageSchema } from '#shared/anchoring/anchor.ts';
import { chapterIdSchema } from '#shared/records/id-schemas.ts';
import { padBlocksSchema } from '#shared/records/pad-block.ts';
import { padVersionSchema, padVersionTitleSchema } from '#shared/records/pad-version.ts';

/** Bodies of the HTTP API that have to do with pads; what is written in one goes over `/sync` (`pad-sync.ts`). */
export const padSchema = z.object({ blocks: padBlocksSchema });
export const padVersionsSchema = z.object({ versions: z.array(padVersionSchema) });
export const padVersionContentSchema = z.object({ version: padVersionSchema, blocks: padBlocksSchema });
export const namePadVersionSchema = z.object({ title: padVersionTitleSchema });
/** A passage to be quoted at the end of the pad; its words are taken from the server's own copy of the chapter. */
export const quoteInPadSchema = z.object({ chapter: chapterIdSchema, passage: passageSchema });
export const padDoneSchema = z.object({ ok: z.literal(true) });
