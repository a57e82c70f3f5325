import { describe, expect } from 'vitest';
import type { Book } from '#shared/records/book.ts';
import { aBook, aCommit, aRoom } from './records.ts';
import { bytes, picture } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksPictures(it: FurnishedTest): void {
  describe('pictures', () => {
    it('ST26 a picture is kept once in a room, is found there alone, and goes with the last book that has it', async ({
      store,
      room,
      host,
      book,
    }) => {
      const other = aBook(host.id, 1);
      const kept = picture('a');
      await store.addPicture(room.id, book.id, kept, 1);
      await store.addPicture(room.id, other.book.id, { ...kept, bytes: bytes(9) }, 1);
      await store.commit(
        aCommit(room.id, host.id, { changes: [{ table: 'book', row: other.book, chapters: other.chapters }] }),
      );
      const found = await store.picture(room.id, kept.hash);
      expect(found && { ...found, bytes: [...found.bytes] }).toEqual({ ...kept, bytes: [1] });
      expect(await store.pictureBytes(room.id)).toBe(1);
      expect(await store.pictureBytes(aRoom().id)).toBe(0);
      expect(await store.picture(aRoom().id, kept.hash)).toBeNull();
      expect(await store.picture(room.id, 'b'.repeat(64))).toBeNull();
      const remove = (gone: Book) =>
        store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book-removed', book: gone.id }] }));
      await remove(book);
      expect(await store.picture(room.id, kept.hash)).not.toBeNull();
      await remove(other.book);
      expect(await store.picture(room.id, kept.hash)).toBeNull();
    });

    it('ST27 a picture whose book never came is purged, one whose book is there stays', async ({
      store,
      room,
      host,
      book,
    }) => {
      await store.addPicture(room.id, book.id, picture('a'), 1);
      await store.addPicture(room.id, aBook(host.id, 1).book.id, picture('b'), 1);
      await store.addPicture(room.id, aBook(host.id, 1).book.id, picture('c'), 5);
      await store.purge(5, 5);
      const left = ['a', 'b', 'c'].map((letter) => store.picture(room.id, letter.repeat(64)));
      expect((await Promise.all(left)).map((found) => found !== null)).toEqual([true, false, true]);
    });
  });
}
