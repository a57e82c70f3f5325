import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { ChapterId } from '#shared/records/ids.ts';

/** One thread of the notebook: what was marked, what was said about it, and by whom. */
export interface Entry {
  annotation: Annotation;
  replies: Reply[];
  reactions: Reactions;
  /** Written by somebody else after this member last saw the chapter's margin. */
  fresh: boolean;
}

/** A chapter of the book with its threads, in the order of the text. */
export interface EntryGroup {
  chapter: ChapterId;
  number: number;
  title: string;
  entries: Entry[];
}
