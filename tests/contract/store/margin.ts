import { describe, expect } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, ChapterId, MemberId, ReplyId } from '#shared/records/ids.ts';
import { aBook, aCommit, aMember, aReply, aRoom, anAnnotation } from './records.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksMargin(it: FurnishedTest): void {
  describe('the margin', () => {
    it('ST6 annotations, replies and reactions come back as written, in order of arrival', async ({
      store,
      room,
      host,
      chapters,
      chapter,
    }) => {
      const annotations = [
        anAnnotation(chapter.id, host.id, { createdAt: 9 }),
        anAnnotation(chapter.id, host.id, { anchor: null, createdAt: 3 }),
        anAnnotation(chapter.id, host.id, { visibility: 'private', body: '', editedAt: 8 }),
        anAnnotation(chapter.id, host.id, { hidden: true, deleted: true }),
      ] as const;
      const replies = [
        aReply(annotations[0], host.id, { editedAt: 7 }),
        aReply(annotations[0], host.id, { deleted: true, hidden: true }),
      ];
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            ...annotations.map((row) => ({ table: 'annotation' as const, row })),
            ...replies.map((row) => ({ table: 'reply' as const, row })),
          ],
        }),
      );
      expect(await store.margin(room.id, chapter.id)).toEqual({ annotations, replies, reactions: [] });
      expect(await store.chapterOfAnnotation(room.id, annotations[0].id)).toBe(chapter.id);
      expect(await store.chapterOfReply(room.id, replies[0]?.id ?? newId())).toBe(chapter.id);
      expect(await store.margin(room.id, chapters[1]?.id ?? newId())).toEqual({
        annotations: [],
        replies: [],
        reactions: [],
      });
    });

    it('ST6 writing a record again replaces it and keeps its place in the order', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const first = anAnnotation(chapter.id, host.id);
      const second = anAnnotation(chapter.id, host.id);
      const reply = aReply(first, host.id);
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'annotation', row: first },
            { table: 'annotation', row: second },
            { table: 'reply', row: reply },
          ],
        }),
      );
      const edited = { ...first, body: 'other', colour: 'clay' as const, editedAt: 5, hidden: true };
      const editedReply = { ...reply, body: 'other', editedAt: 6, hidden: true };
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'annotation', row: edited },
            { table: 'reply', row: editedReply },
          ],
        }),
      );
      const margin = await store.margin(room.id, chapter.id);
      expect(margin.annotations).toEqual([edited, second]);
      expect(margin.replies).toEqual([editedReply]);
    });

    it('ST7 reactions keep their order of arrival, count once, and can be taken back', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      const reply = aReply(annotation, host.id);
      const other = aMember();
      const react = (target: AnnotationId | ReplyId, emoji: string, member: MemberId, on = true) =>
        store.commit(
          aCommit(room.id, member, { changes: [{ table: 'reaction', row: { target, emoji, member }, on }] }),
        );
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'annotation', row: annotation },
            { table: 'reply', row: reply },
          ],
        }),
      );
      await react(annotation.id, '🫶🏽', other.id);
      await react(annotation.id, '👍', host.id);
      await react(reply.id, '👩‍👩‍👧', host.id);
      await react(annotation.id, '👍', other.id);
      await react(annotation.id, '🫶🏽', other.id);
      await react(annotation.id, '👍', host.id, false);
      await react(annotation.id, '🙈', host.id, false);
      expect((await store.margin(room.id, chapter.id)).reactions).toEqual([
        { target: annotation.id, emoji: '🫶🏽', member: other.id },
        { target: reply.id, emoji: '👩‍👩‍👧', member: host.id },
        { target: annotation.id, emoji: '👍', member: other.id },
      ]);
    });

    it('ST8 one id in two rooms is two records', async ({ store, room, host, chapter }) => {
      const other = aRoom();
      const shelf = aBook(host.id, 1);
      const [otherChapter] = shelf.chapters;
      if (!otherChapter) throw new Error('no chapter');
      await store.createRoom(other, host, []);
      await store.commit(
        aCommit(other.id, host.id, { changes: [{ table: 'book', row: shelf.book, chapters: shelf.chapters }] }),
      );
      const mine = anAnnotation(chapter.id, host.id);
      const theirs = anAnnotation(otherChapter.id, aMember().id, { id: mine.id, body: 'theirs' });
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'annotation', row: mine }] }));
      await store.commit(aCommit(other.id, host.id, { changes: [{ table: 'annotation', row: theirs }] }));
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual([mine]);
      expect((await store.margin(other.id, otherChapter.id)).annotations).toEqual([theirs]);
    });

    it('ST8 a record never changes its author, chapter or thread', async ({ store, room, host, chapters, chapter }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      const second = anAnnotation(chapter.id, host.id);
      const reply = aReply(annotation, host.id);
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            { table: 'annotation', row: annotation },
            { table: 'annotation', row: second },
            { table: 'reply', row: reply },
          ],
        }),
      );
      const stranger = aMember().id;
      const otherChapter = chapters[1]?.id ?? newId<ChapterId>();
      for (const change of [
        { table: 'annotation' as const, row: { ...annotation, author: stranger } },
        { table: 'annotation' as const, row: { ...annotation, chapter: otherChapter } },
        { table: 'reply' as const, row: { ...reply, author: stranger } },
        { table: 'reply' as const, row: { ...reply, annotation: second.id } },
      ]) {
        await expect(store.commit(aCommit(room.id, stranger, { changes: [change] }))).rejects.toThrow('another author');
      }
      expect(await store.margin(room.id, chapter.id)).toEqual({
        annotations: [annotation, second],
        replies: [reply],
        reactions: [],
      });
    });

    it('ST9 the counts are of visible notes with words and of replies, never of private ones', async ({
      store,
      room,
      host,
      chapters,
      chapter,
    }) => {
      const withWords = anAnnotation(chapter.id, host.id);
      const pencil = anAnnotation(chapter.id, host.id, { visibility: 'private' });
      const elsewhere = anAnnotation(chapters[1]?.id ?? newId(), host.id, { anchor: null });
      const rows = [
        withWords,
        pencil,
        elsewhere,
        anAnnotation(chapter.id, host.id, { body: '' }),
        anAnnotation(chapter.id, host.id, { hidden: true }),
        anAnnotation(chapter.id, host.id, { deleted: true }),
      ];
      const replies = [
        aReply(withWords, host.id),
        aReply(withWords, host.id),
        aReply(withWords, host.id, { hidden: true }),
        aReply(withWords, host.id, { deleted: true }),
        aReply(pencil, host.id),
      ];
      await store.commit(
        aCommit(room.id, host.id, {
          changes: [
            ...rows.map((row) => ({ table: 'annotation' as const, row })),
            ...replies.map((row) => ({ table: 'reply' as const, row })),
          ],
        }),
      );
      expect(await store.annotationCount(room.id)).toBe(rows.length);
      const counts = await store.marginCounts(room.id);
      expect(new Map(counts.map((count) => [count.chapter, count.notes]))).toEqual(
        new Map([
          [chapter.id, 3],
          [elsewhere.chapter, 1],
        ]),
      );
    });

    it('ST10 a margin of ten thousand annotations is whole', async ({ store, room, host, chapter }) => {
      const annotations = Array.from({ length: 10_000 }, () => anAnnotation(chapter.id, host.id));
      await store.commit(
        aCommit(room.id, host.id, { changes: annotations.map((row) => ({ table: 'annotation' as const, row })) }),
      );
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual(annotations);
    });
  });
}
