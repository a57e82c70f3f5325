import { z } from 'zod';
import { type Id, ID_LENGTH, idPattern } from './ids.ts';

const id = <Kind extends string>(kind: Kind): z.ZodType<Id<Kind>, string> =>
  z
    .string()
    .regex(idPattern, `not a ${kind} id`)
    .meta({ description: `id of a ${kind}: ${ID_LENGTH} characters of Crockford base 32, lower case` }) as never;

export const roomIdSchema = id('room');
export const memberIdSchema = id('member');
export const bookIdSchema = id('book');
export const chapterIdSchema = id('chapter');
export const annotationIdSchema = id('annotation');
export const replyIdSchema = id('reply');
export const commandIdSchema = id('command');
export const sessionIdSchema = id('session');
export const importIdSchema = id('import');
export const padVersionIdSchema = id('padVersion');
