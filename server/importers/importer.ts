import type { RefusalCode } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import type { Block, Mark } from '#shared/text/block.ts';
import type { Direction } from '#shared/text/direction.ts';

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/**
 * Marks as an importer makes them. Notes and places of the same book are named in the source's own words (`target`),
 * because nobody knows while reading in which chapter they will stand; `settle-book.ts` finds them.
 */
export type DraftMark =
  | Exclude<Mark, { type: 'noteref' | 'jump' }>
  | { type: 'noteref'; start: number; end: number; target: string; label: string }
  | { type: 'jump'; start: number; end: number; target: string };

interface DraftParts {
  marks: DraftMark[];
  /** Names by which targets may mean this block: ids in the document, bookmarks. Unique in the book. */
  names?: string[];
  /** The name of the note that this block is (part of) the body of. Where it stands among the others does not matter. */
  note?: string;
}

type PlainBlock = Exclude<Block, { type: 'figure' }>;
type Figure = Extract<Block, { type: 'figure' }>;

/** A block while it is read. A figure's `picture` is the name that `DraftBook.readPicture` knows it by. */
export type DraftBlock =
  | (Without<PlainBlock, 'id' | 'marks' | 'note'> & DraftParts)
  | (Omit<Figure, 'id' | 'marks' | 'note' | 'picture' | 'width' | 'height'> & DraftParts & { picture: string | null });

/** `title` is empty where no heading says it. */
export interface DraftChapter {
  title: string;
  blocks: DraftBlock[];
  /** The publisher's pages around the text (title page, imprint, colophon): kept, but not proposed to be read. */
  isAround?: true;
}

/** What a publication says of itself; all of it may be left out. `cover` is a name for `readPicture`. */
export interface DraftAbout {
  summary?: string | null;
  notes?: string | null;
  publisher?: string | null;
  identifier?: string | null;
  cover?: string | null;
  /** The table of contents where it says more than the list of chapters; each target is a name of a block. */
  contents?: { title: string; depth: number; target: string }[];
}

/** A place in a book that is being read: a block by one of its names, and an offset in its text. */
export interface DraftPlace {
  block: string;
  offset: number;
}

/** What somebody wrote about words of the text in the program that the file comes from. `at`: epoch milliseconds. */
export interface DraftComment {
  start: DraftPlace;
  end: DraftPlace;
  author: string;
  at: number | null;
  body: string;
}

/** What an importer makes of a text; title and author null where the text does not tell them. */
export interface DraftBook {
  title: string | null;
  author: string | null;
  /** BCP 47, or `und`. */
  language: string;
  direction: Direction;
  about?: DraftAbout;
  chapters: DraftChapter[];
  comments?: DraftComment[];
  /** Pictures of the source that its importer cannot read, however many they show. */
  unreadPictures?: number;
  /** The bytes of a picture by its name, null when there are none; they are checked and re-encoded by `settle-book.ts`. */
  readPicture?: (name: string) => Promise<Uint8Array | null>;
}

/**
 * One format in, by positive construction from the allow-list. It runs in a worker that is killed when it takes too long or
 * too much memory. Text formats get their bytes decoded; the others get them as they came. What cannot be read is refused
 * by throwing `RefusedError` from wherever it is found out.
 */
export interface TextImporter {
  format: Format;
  read(text: string): DraftBook;
}

export interface FileImporter {
  format: Format;
  /** `onProgress` gets numbers from 0 to 1. */
  read(bytes: Uint8Array, onProgress: (progress: number) => void): Promise<DraftBook>;
}

/** An expected refusal from deep inside an importer; `read-book.ts` makes it a value. Without a message the code's words. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message = '') {
    super(message);
    this.code = code;
  }
}
