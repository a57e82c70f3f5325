import type { RefusalCode } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';

/** A file that was made to harm or came broken, and what becomes of it: a book of this format, or a refusal with a code. */
export interface HostileFile {
  name: string;
  what: string;
  outcome: Format | RefusalCode;
  bytes: Uint8Array;
}

/** What a reader should still find where a file can be read at all. */
export const WORDS = 'The good text of the file.';
