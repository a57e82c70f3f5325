import type { Chapter } from '#shared/records/book.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { Store } from '#server/storage/store.ts';
import { CHAPTER_CACHE_MAX_CHARS } from '#server/limits.ts';

/** What a block weighs beside its text, in the same unit. */
const BLOCK_OVERHEAD_CHARS = 100;

function weightOf(chapter: Chapter): number {
  return chapter.blocks.reduce((sum, block) => sum + block.text.length + BLOCK_OVERHEAD_CHARS, 0);
}

/** Chapters with their text, the least recently read forgotten first. A chapter's text is immutable; when its title
 * changes, or its book leaves, it is forgotten here. */
export class ChapterCache {
  readonly #store: Store;
  readonly #chapters = new Map<string, Chapter>();
  #weight = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async get(room: RoomId, id: ChapterId): Promise<Chapter | null> {
    const key = `${room}:${id}`;
    const cached = this.#chapters.get(key);
    if (cached) {
      this.#chapters.delete(key);
      this.#chapters.set(key, cached);
      return cached;
    }
    const chapter = await this.#store.chapter(room, id);
    if (chapter && !this.#chapters.has(key)) this.#keep(key, chapter);
    return chapter;
  }

  /** After it was written anew, or its book left the shelf. */
  forget(room: RoomId, id: ChapterId): void {
    this.#drop(`${room}:${id}`);
  }

  #keep(key: string, chapter: Chapter): void {
    this.#chapters.set(key, chapter);
    this.#weight += weightOf(chapter);
    for (const oldest of this.#chapters.keys()) {
      if (this.#weight <= CHAPTER_CACHE_MAX_CHARS || oldest === key) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const chapter = this.#chapters.get(key);
    if (!chapter) return;
    this.#chapters.delete(key);
    this.#weight -= weightOf(chapter);
  }
}
