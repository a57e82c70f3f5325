const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const ID_LENGTH = 20;
export const idPattern = new RegExp(`^[${ALPHABET}]{${ID_LENGTH}}$`);

declare const kindOfId: unique symbol;
/** A string that only its own parser makes: an id of one kind is never taken for one of another. */
export type Id<Kind extends string> = string & { readonly [kindOfId]: Kind };

export type RoomId = Id<'room'>;
export type MemberId = Id<'member'>;
export type BookId = Id<'book'>;
export type ChapterId = Id<'chapter'>;
export type AnnotationId = Id<'annotation'>;
export type ReplyId = Id<'reply'>;
export type CommandId = Id<'command'>;
export type SessionId = Id<'session'>;
export type ImportId = Id<'import'>;
export type PadVersionId = Id<'padVersion'>;

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

/** Whether a word that stands in an address or on the page can name an annotation; the schemas of ids stand in `id-schemas.ts`. */
export const isAnnotationId = (word: string): word is AnnotationId => idPattern.test(word);
