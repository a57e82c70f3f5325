import type { Store } from '#server/storage/store.ts';
import type { ChapterCache } from './chapter-cache.ts';
import type { RoomLog } from './room-log.ts';

/** What a room needs of the process that it lives in. */
export interface RoomHouse {
  store: Store;
  chapters: ChapterCache;
  log: RoomLog;
  /** Epoch milliseconds. */
  now: () => number;
}
