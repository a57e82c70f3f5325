import { z } from 'zod';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 20;
const idPattern = new RegExp(`^[${ALPHABET}]{${ID_LENGTH}}$`);

declare const kindOfId: unique symbol;
/** A string that only its own parser makes: an id of one kind is never taken for one of another. */
type Id<Kind extends string> = string & { readonly [kindOfId]: Kind };

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

export type RoomId = z.infer<typeof roomIdSchema>;
export type MemberId = z.infer<typeof memberIdSchema>;
export type BookId = z.infer<typeof bookIdSchema>;
export type ChapterId = z.infer<typeof chapterIdSchema>;
export type AnnotationId = z.infer<typeof annotationIdSchema>;
export type ReplyId = z.infer<typeof replyIdSchema>;
export type CommandId = z.infer<typeof commandIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
export type ImportId = z.infer<typeof importIdSchema>;
export type PadVersionId = z.infer<typeof padVersionIdSchema>;

type AnyId =
  | RoomId
  | MemberId
  | BookId
  | ChapterId
  | AnnotationId
  | ReplyId
  | CommandId
  | SessionId
  | ImportId
  | PadVersionId;

/**
 * A fresh random id of 100 bits, made by whoever makes the record (a client makes the ids of its own commands and notes,
 * so that sending twice is one record). `getRandomValues` rather than `randomUUID`: the latter is missing on plain-http
 * origins other than localhost, where a self-hosted room may well live.
 */
export function newId<Wanted extends AnyId>(): Wanted {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  let text = '';
  for (const byte of bytes) text += ALPHABET[byte & 31];
  return text as Wanted;
}
