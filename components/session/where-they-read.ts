import type { Present } from '#shared/protocol/presence.ts';
import type { Book, Chapter } from '#shared/records/book.ts';

/** Where somebody is, in a few words, as seen from one's own chapter. */
export function whereTheyRead(present: Present, chapter: Chapter, books: readonly Book[]): string {
  if (present.chapter === null) return 'at the shelf';
  if (present.chapter === chapter.id) return `${Math.round(present.progress * 100)} %`;
  for (const book of books) {
    const entry = book.chapters.find(({ id }) => id === present.chapter);
    if (entry !== undefined) return `in ${entry.title}`;
  }
  return 'elsewhere';
}
