import { describe, expect } from 'vitest';
import type { Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { NASTY, aBook, aCommit, aPlace, aReply, aRoom, anAnnotation } from './records.ts';
import { bytes } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksShelf(it: FurnishedTest): void {
  describe('the shelf', () => {
    it('ST4 books come oldest first, each with its chapters in order, and a chapter with its text', async ({
      store,
      room,
      host,
      book,
      chapters,
    }) => {
      const older = aBook(host.id, 3, { addedAt: book.addedAt - 1, author: NASTY });
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [{ table: 'book', row: older.book, chapters: older.chapters.toReversed() }],
        }),
      );
      expect(await store.books(room.id)).toEqual([older.book, book]);
      for (const each of [...chapters, ...older.chapters]) {
        expect(await store.chapter(room.id, each.id)).toEqual(each);
      }
    });

    it('ST4 a chapter is not found from another room', async ({ store, host, chapter }) => {
      const other = aRoom();
      await store.createRoom(other, host, []);
      expect(await store.chapter(other.id, chapter.id)).toBeNull();
    });

    it('ST33 a revision replaces a text and keeps the former one, and fails when another text stands there', async ({
      opened,
      store,
      room,
      host,
      chapter,
    }) => {
      const id = newId<AnnotationId>();
      const place = { block: 'b2', offset: 1 };
      const quote = { exact: NASTY, prefix: '', suffix: '' };
      const anchor = { start: place, end: { ...place, offset: 4 }, hash: chapter.hash, quote };
      const second = { ...chapter, hash: 'second', words: 3, blocks: chapter.blocks.slice(0, 1) };
      const revise = (former: Chapter, next: Chapter) =>
        store.commit(
          aCommit(room.id, host.id, {
            changes: [{ table: 'revision', chapter: next, former, anchors: [[id, anchor]], by: host.id }],
          }),
        );
      expect(await store.formerText(room.id, chapter.id)).toBeNull();
      await revise(chapter, second);
      expect(await store.chapter(room.id, chapter.id)).toEqual(second);
      expect(await store.formerText(room.id, chapter.id)).toEqual(chapter);
      await expect(revise(chapter, { ...second, hash: 'third' })).rejects.toThrow('another text');
      await revise(second, chapter);
      const again = await opened.reopen();
      expect(await again.chapter(room.id, chapter.id)).toEqual(chapter);
      expect(await again.formerText(room.id, chapter.id)).toEqual(second);
      expect(await again.formerText(newId(), chapter.id)).toBeNull();
      expect(await again.formerAnchors(room.id, chapter.id, 'second')).toEqual([[id, anchor]]);
      expect(await again.formerAnchors(room.id, chapter.id, 'third')).toEqual([]);
    });

    it('ST28 what a book says of itself, and blocks of every kind, come back as they were', async ({
      store,
      room,
      host,
      book,
    }) => {
      const told = aBook(host.id, 1);
      const row = {
        ...told.book,
        about: {
          summary: 'A lamp.',
          notes: null,
          publisher: null,
          identifier: 'urn:uuid:1',
          cover: 'a'.repeat(64),
          contents: [{ title: 'One', depth: 1, chapter: 0, block: 'b2' }],
        },
      };
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book', row, chapters: told.chapters }] }));
      expect(await store.books(room.id)).toEqual([book, row]);
    });

    it('ST5 a removed book takes its chapters, threads, reactions, places and documents with it, and no others', async ({
      store,
      room,
      host,
      book,
      chapter,
    }) => {
      const kept = aBook(host.id, 1);
      const [keptChapter] = kept.chapters;
      if (!keptChapter) throw new Error('no chapter');
      const gone = anAnnotation(chapter.id, host.id);
      const goneReply = aReply(gone, host.id);
      const stays = anAnnotation(keptChapter.id, host.id);
      const document = (of: Chapter, name: 'margin' | 'notes') => ({
        document: name === 'margin' ? `margin:${of.id}` : `notes:${of.id}:${host.id}`,
        lineage: 'one',
        update: bytes(1),
      });
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'book', row: kept.book, chapters: kept.chapters },
            { table: 'annotation', row: gone },
            { table: 'reply', row: goneReply },
            { table: 'reaction', row: { target: goneReply.id, emoji: '👍', member: host.id }, on: true },
            { table: 'place', member: host.id, row: aPlace(chapter) },
            { table: 'annotation', row: stays },
            { table: 'reaction', row: { target: stays.id, emoji: '👍', member: host.id }, on: true },
            { table: 'place', member: host.id, row: aPlace(keptChapter) },
          ],
          documents: [chapter, keptChapter].flatMap((of) => [document(of, 'margin'), document(of, 'notes')]),
        }),
      );
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book-removed', book: book.id }] }));

      expect(await store.books(room.id)).toEqual([kept.book]);
      expect(await store.chapter(room.id, chapter.id)).toBeNull();
      expect(await store.margin(room.id, chapter.id)).toEqual({ annotations: [], replies: [], reactions: [] });
      expect(await store.chapterOfAnnotation(room.id, gone.id)).toBeNull();
      expect(await store.chapterOfReply(room.id, goneReply.id)).toBeNull();
      expect(await store.document(`margin:${chapter.id}`)).toBeNull();
      expect(await store.document(`notes:${chapter.id}:${host.id}`)).toBeNull();

      expect(await store.places(room.id, host.id)).toEqual([aPlace(keptChapter)]);
      expect(await store.margin(room.id, keptChapter.id)).toEqual({
        annotations: [stays],
        replies: [],
        reactions: [{ target: stays.id, emoji: '👍', member: host.id }],
      });
      expect(await store.document(`margin:${keptChapter.id}`)).not.toBeNull();
      expect(await store.document(`notes:${keptChapter.id}:${host.id}`)).not.toBeNull();
    });
  });
}
