import { test } from 'vitest';
import type { Store } from '#server/storage/store.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import { aBook, aCommit, aMember, aRoom, anInvite } from './records.ts';

/** A fresh, empty store for one test. `reopen` closes it and opens what it left; `remove` closes and deletes everything. */
export interface StoreUnderTest {
  store: Store;
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

/** What each test finds: a store with one room, which has a host and a book of two chapters; `chapter` is the first. */
interface Furniture {
  opened: StoreUnderTest;
  store: Store;
  room: Room;
  host: Member;
  book: Book;
  chapters: Chapter[];
  chapter: Chapter;
}

async function furnish(opened: StoreUnderTest): Promise<Furniture> {
  const { store } = opened;
  const room = aRoom();
  const host = aMember({ role: 'host' });
  await store.createRoom(room, host, [anInvite()]);
  const { book, chapters } = aBook(host.id);
  const [chapter] = chapters;
  if (!chapter) throw new Error('no chapter');
  await store.commit({
    ...aCommit(room.id, host.id),
    command: null,
    changes: [{ table: 'book', row: book, chapters }],
  });
  return { opened, store, room, host, book, chapters, chapter };
}

/** A test that is given a furnished store of its own, and removes it afterwards. */
export function furnished(open: () => Promise<StoreUnderTest>) {
  return test.extend<Furniture & { furniture: Furniture }>({
    // Vitest reads from the pattern what a fixture needs; this one needs nothing.
    // oxlint-disable-next-line no-empty-pattern
    furniture: async ({}, use) => {
      const opened = await open();
      await use(await furnish(opened));
      await opened.remove();
    },
    opened: ({ furniture }, use) => use(furniture.opened),
    store: ({ furniture }, use) => use(furniture.store),
    room: ({ furniture }, use) => use(furniture.room),
    host: ({ furniture }, use) => use(furniture.host),
    book: ({ furniture }, use) => use(furniture.book),
    chapters: ({ furniture }, use) => use(furniture.chapters),
    chapter: ({ furniture }, use) => use(furniture.chapter),
  });
}

export type FurnishedTest = ReturnType<typeof furnished>;
