import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Direction, Format } from '#shared/records/book.ts';
import type { Block } from '#shared/text/block.ts';

/** A block before it has its id: ids `b1…bN` are given when a chapter is complete. */
export type DraftBlock = Block extends infer B ? (B extends Block ? Omit<B, 'id'> : never) : never;

/** What is counted and hashed in the worker, where nobody waits for it. */
export interface ChapterMeasures {
  words: number;
  /** `hashBlocks` of the chapter's blocks. */
  hash: string;
}

/** `title` is empty where no heading says it. `measures` come with what a worker has read. */
export interface DraftChapter {
  title: string;
  blocks: DraftBlock[];
  measures?: ChapterMeasures;
}

/** What an importer makes of a text; title and author null where the text does not tell them. */
export interface DraftBook {
  title: string | null;
  author: string | null;
  /** BCP 47, or `und`. */
  language: string;
  direction: Direction;
  chapters: DraftChapter[];
}

/**
 * One format in. Pure: decoded text in, blocks out, by positive construction from the allow-list; runs in a worker that
 * is killed when it takes too long or too much memory.
 */
export interface Importer {
  format: Format;
  read(text: string): DraftBook;
}

export type ImportOutcome = { ok: true; format: Format; book: DraftBook } | Refusal;
