import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { BookAbout, Format } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';
import type { Direction } from '#shared/text/direction.ts';
import type { StoredPicture } from '#server/storage/store.ts';

/** A block with everything but its id: ids `b1…bN` follow from its place in the chapter. */
export type SettledBlock = Block extends infer B ? (B extends Block ? Omit<B, 'id'> : never) : never;

/** What is counted and hashed in the worker, where nobody waits for it. */
export interface ChapterMeasures {
  words: number;
  /** `hashBlocks` of the chapter's blocks. */
  hash: string;
}

export interface SettledChapter {
  title: string;
  blocks: SettledBlock[];
  isAround?: true;
  /** Come with what a worker has read. */
  measures?: ChapterMeasures;
}

/** What somebody wrote about a passage in the program that the file comes from. `at`: epoch milliseconds. */
export interface SettledComment {
  /** Index of the chapter. */
  chapter: number;
  /** Null: about the chapter as a whole. */
  passage: Passage | null;
  author: string;
  at: number | null;
  body: string;
}

/** How many of each the source has and the book made of it has not. */
export interface Missing {
  pictures: number;
  comments: number;
  /** Pictures of a source of which only the text is read. */
  unread: number;
}

/** A book in which every note, jump and picture is where it belongs. */
export interface SettledBook {
  title: string | null;
  author: string | null;
  language: string;
  direction: Direction;
  about?: BookAbout;
  chapters: SettledChapter[];
  pictures?: StoredPicture[];
  comments?: SettledComment[];
  /** Comes with what a worker has read. */
  missing?: Missing;
}

export type ImportOutcome = { ok: true; format: Format; book: SettledBook } | Refusal;
