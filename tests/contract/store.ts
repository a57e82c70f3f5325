import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, StoredPadVersion, StoredPicture } from '#server/storage/store.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type {
  AnnotationId,
  ChapterId,
  CommandId,
  MemberId,
  PadVersionId,
  ReplyId,
  RoomId,
  SessionId,
} from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Place, Room } from '#shared/records/room.ts';
import {
  NASTY,
  aBook,
  aCommit,
  aMember,
  aPlace,
  aReply,
  aRoom,
  aSession,
  aTokenHash,
  anAnnotation,
  anInvite,
} from './store-records.ts';

/** A fresh, empty store for one test. `reopen` closes it and opens what it left; `remove` closes and deletes everything. */
export interface StoreUnderTest {
  store: Store;
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const picture = (letter: string): StoredPicture => ({
  hash: letter.repeat(64),
  type: 'image/webp',
  width: 4,
  height: 3,
  bytes: bytes(1),
});
const plain = (values: Uint8Array[]): number[][] => values.map((value) => [...value]);

/** What every engine's store must do. Each engine's own test file calls this with a way to open it. */
export function storeContract(engine: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store on ${engine}`, () => {
    let opened: StoreUnderTest;
    let store: Store;
    let room: Room;
    let host: Member;
    let book: Book;
    let chapters: Chapter[];
    let chapter: Chapter;

    /** A room with a host and a book of two chapters. */
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      room = aRoom();
      host = aMember({ role: 'host' });
      await store.createRoom(room, host, [anInvite()]);
      ({ book, chapters } = aBook(host.id));
      const first = chapters[0];
      if (!first) throw new Error('no chapter');
      chapter = first;
      await store.commit({
        ...aCommit(room.id, host.id),
        command: null,
        changes: [{ table: 'book', row: book, chapters }],
      });
    });

    afterEach(async () => {
      await opened.remove();
    });

    describe('rooms', () => {
      it('ST1 a room comes back as it was made, with its host and invitations', async () => {
        const other = aRoom({ locked: true });
        const invites = (['cohost', 'listener', 'reader'] as const).map((role) => anInvite({ role }));
        await store.createRoom(other, host, invites);
        expect(await store.room(other.id)).toEqual(other);
        expect(await store.members(other.id)).toEqual([host]);
        expect(await store.invites(other.id)).toEqual(invites);
        await store.ping();
      });

      it('ST1 what is not there is null or an empty list', async () => {
        const nowhere = newId<RoomId>();
        expect(await store.room(nowhere)).toBeNull();
        expect(await store.members(nowhere)).toEqual([]);
        expect(await store.invites(nowhere)).toEqual([]);
        expect(await store.inviteByToken('__proto__')).toBeNull();
        expect(await store.books(nowhere)).toEqual([]);
        expect(await store.chapter(room.id, newId<ChapterId>())).toBeNull();
        expect(await store.margin(room.id, newId<ChapterId>())).toEqual({
          annotations: [],
          replies: [],
          reactions: [],
        });
        expect(await store.chapterOfAnnotation(room.id, newId<AnnotationId>())).toBeNull();
        expect(await store.chapterOfReply(room.id, newId<ReplyId>())).toBeNull();
        expect(await store.marginCounts(room.id)).toEqual([]);
        expect(await store.places(room.id, host.id)).toEqual([]);
        expect(await store.openSession(room.id)).toBeNull();
        expect(await store.session(room.id, newId<SessionId>())).toBeNull();
        expect(await store.document('margin:nothing')).toBeNull();
        expect(await store.committedCommand(room.id, host.id, newId<CommandId>())).toBeNull();
        expect(await store.deviceByToken(aTokenHash())).toBeNull();
        expect(await store.devicesOf(room.id, host.id)).toEqual([]);
      });

      it('ST1 a room that exists is not made again, and the attempt leaves nothing', async () => {
        await expect(store.createRoom({ ...room, title: 'other' }, aMember(), [])).rejects.toBeInstanceOf(Error);
        expect(await store.room(room.id)).toEqual(room);
        expect(await store.members(room.id)).toEqual([host]);
      });

      it('ST2 a change of the room, a member or an invitation replaces the row', async () => {
        const changed = { ...room, title: 'new', locked: true };
        const removed = { ...host, name: 'Ada', muted: true, removed: true };
        const invite = anInvite();
        const [old] = await store.invites(room.id);
        await store.commit(
          aCommit(room.id, host.id, {
            changes: [
              { table: 'room', row: changed },
              { table: 'member', row: removed },
              { table: 'invite', row: invite },
            ],
          }),
        );
        expect(await store.room(room.id)).toEqual(changed);
        expect(await store.members(room.id)).toEqual([removed]);
        expect(await store.invites(room.id)).toEqual([invite]);
        expect(await store.inviteByToken(invite.token)).toEqual({ room: room.id, role: 'reader' });
        expect(await store.inviteByToken(old?.token ?? '')).toBeNull();
      });

      it('ST3 members come by time of joining, and by arrival where the time is one', async () => {
        const late = aMember({ joinedAt: host.joinedAt + 2 });
        const twins = [aMember({ joinedAt: host.joinedAt + 1 }), aMember({ joinedAt: host.joinedAt + 1 })] as const;
        for (const row of [late, ...twins]) {
          await store.commit(aCommit(room.id, row.id, { changes: [{ table: 'member', row }] }));
        }
        const renamed = { ...twins[0], name: 'renamed' };
        await store.commit(aCommit(room.id, renamed.id, { changes: [{ table: 'member', row: renamed }] }));
        expect(await store.members(room.id)).toEqual([host, renamed, twins[1], late]);
      });
    });

    describe('the shelf', () => {
      it('ST4 books come oldest first, each with its chapters in order, and a chapter with its text', async () => {
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

      it('ST4 a chapter is not found from another room', async () => {
        const other = aRoom();
        await store.createRoom(other, host, []);
        expect(await store.chapter(other.id, chapter.id)).toBeNull();
      });

      it('ST33 a revision replaces a text and keeps the former one, and fails when another text stands there', async () => {
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
        store = await opened.reopen();
        expect(await store.chapter(room.id, chapter.id)).toEqual(chapter);
        expect(await store.formerText(room.id, chapter.id)).toEqual(second);
        expect(await store.formerText(newId(), chapter.id)).toBeNull();
        expect(await store.formerAnchors(room.id, chapter.id, 'second')).toEqual([[id, anchor]]);
        expect(await store.formerAnchors(room.id, chapter.id, 'third')).toEqual([]);
      });

      it('ST30 whose a client id is stays as it was claimed first, for as long as the document lives', async () => {
        const document = `pad:${book.id}`;
        const other = newId<MemberId>();
        await store.replaceDocument(document, 'one', bytes(0, 0));
        await store.claimClients(document, [
          { client: 7, member: host.id },
          { client: 4_294_967_295, member: other },
        ]);
        await store.claimClients(document, [{ client: 7, member: other }]);
        await store.replaceDocument(document, 'one', bytes(0, 0));
        store = await opened.reopen();
        expect(await store.documentClients(document)).toEqual([
          { client: 7, member: host.id },
          { client: 4_294_967_295, member: other },
        ]);
        await store.forgetClients(document, [7]);
        expect(await store.documentClients(document)).toEqual([{ client: 4_294_967_295, member: other }]);
        expect(await store.documentClients('pad:other')).toEqual([]);
      });

      it('ST31 versions of a pad come newest first, each with what it says', async () => {
        const version = (more: Partial<StoredPadVersion>): StoredPadVersion => ({
          id: newId<PadVersionId>(),
          book: book.id,
          cause: 'named',
          title: NASTY,
          author: host.id,
          createdAt: 1_700_000_000_000,
          content: '[]',
          ...more,
        });
        const [first, second] = [
          version({ content: JSON.stringify([NASTY]) }),
          version({ cause: 'left', title: null }),
        ];
        for (const row of [first, second]) {
          await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'pad-version', row }] }));
        }
        const listed = (await store.padVersions(room.id, book.id)).map(({ id }) => id);
        expect(listed).toEqual([second.id, first.id]);
        expect(await store.padVersion(room.id, book.id, first.id)).toEqual(first);
        expect(await store.padVersion(newId<RoomId>(), book.id, first.id)).toBeNull();
        await store.commit(
          aCommit(room.id, host.id, { changes: [{ table: 'pad-version-removed', version: first.id }] }),
        );
        expect(await store.padVersion(room.id, book.id, first.id)).toBeNull();
      });

      it('ST32 a removed book takes its pad along, and nothing brings it back', async () => {
        const document = `pad:${book.id}`;
        await store.replaceDocument(document, 'one', bytes(0, 0));
        await store.claimClients(document, [{ client: 7, member: host.id }]);
        const update = { document, lineage: 'one', update: bytes(1) };
        await store.commit(aCommit(room.id, host.id, { documents: [update] }));
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book-removed', book: book.id }] }));
        expect(await store.document(document)).toBeNull();
        expect(await store.documentClients(document)).toEqual([]);
        await expect(store.commit(aCommit(room.id, host.id, { documents: [update] }))).rejects.toThrow('no document');
        expect(await store.document(document)).toBeNull();
      });

      it('ST26 a picture is kept once in a room, is found there alone, and goes with the last book that has it', async () => {
        const other = aBook(host.id, 1);
        const kept = picture('a');
        await store.addPicture(room.id, book.id, kept, 1);
        await store.addPicture(room.id, other.book.id, { ...kept, bytes: bytes(9) }, 1);
        await store.commit(
          aCommit(room.id, host.id, { changes: [{ table: 'book', row: other.book, chapters: other.chapters }] }),
        );
        const found = await store.picture(room.id, kept.hash);
        expect(found && { ...found, bytes: [...found.bytes] }).toEqual({ ...kept, bytes: [1] });
        expect(await store.picture(aRoom().id, kept.hash)).toBeNull();
        expect(await store.picture(room.id, 'b'.repeat(64))).toBeNull();
        const remove = (gone: Book) =>
          store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book-removed', book: gone.id }] }));
        await remove(book);
        expect(await store.picture(room.id, kept.hash)).not.toBeNull();
        await remove(other.book);
        expect(await store.picture(room.id, kept.hash)).toBeNull();
      });

      it('ST27 a picture whose book never came is purged, one whose book is there stays', async () => {
        await store.addPicture(room.id, book.id, picture('a'), 1);
        await store.addPicture(room.id, aBook(host.id, 1).book.id, picture('b'), 1);
        await store.addPicture(room.id, aBook(host.id, 1).book.id, picture('c'), 5);
        await store.purge(5, 5);
        const left = ['a', 'b', 'c'].map((letter) => store.picture(room.id, letter.repeat(64)));
        expect((await Promise.all(left)).map((found) => found !== null)).toEqual([true, false, true]);
      });

      it('ST28 what a book says of itself, and blocks of every kind, come back as they were', async () => {
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

      it('ST5 a removed book takes its chapters, threads, reactions, places and documents with it, and no others', async () => {
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

    describe('the margin', () => {
      it('ST6 annotations, replies and reactions come back as written, in order of arrival', async () => {
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

      it('ST6 writing a record again replaces it and keeps its place in the order', async () => {
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

      it('ST7 reactions keep their order of arrival, count once, and can be taken back', async () => {
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

      it('ST8 one id in two rooms is two records', async () => {
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

      it('ST8 a record never changes its author, chapter or thread', async () => {
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
          await expect(store.commit(aCommit(room.id, stranger, { changes: [change] }))).rejects.toThrow(
            'another author',
          );
        }
        expect(await store.margin(room.id, chapter.id)).toEqual({
          annotations: [annotation, second],
          replies: [reply],
          reactions: [],
        });
      });

      it('ST9 the counts are of visible notes with words and of replies, never of private ones', async () => {
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
        const counts = await store.marginCounts(room.id);
        expect(new Map(counts.map((count) => [count.chapter, count.notes]))).toEqual(
          new Map([
            [chapter.id, 3],
            [elsewhere.chapter, 1],
          ]),
        );
      });

      it('ST10 a margin of ten thousand annotations is whole', async () => {
        const annotations = Array.from({ length: 10_000 }, () => anAnnotation(chapter.id, host.id));
        await store.commit(
          aCommit(room.id, host.id, { changes: annotations.map((row) => ({ table: 'annotation' as const, row })) }),
        );
        expect((await store.margin(room.id, chapter.id)).annotations).toEqual(annotations);
      });
    });

    describe('places and sessions', () => {
      it('ST11 a place is kept by member and chapter', async () => {
        const [one, two] = chapters;
        if (!one || !two) throw new Error('no chapters');
        const other = aMember();
        const moved = aPlace(one, { position: { block: 'b3', offset: 0 }, progress: 1 });
        for (const [member, row] of [
          [host.id, aPlace(one)],
          [host.id, aPlace(two, { progress: 0 })],
          [other.id, aPlace(two)],
          [host.id, moved],
        ] as const) {
          await store.commit(aCommit(room.id, member, { changes: [{ table: 'place', member, row }] }));
        }
        const mine = await store.places(room.id, host.id);
        expect(mine).toHaveLength(2);
        expect(mine).toEqual(expect.arrayContaining([moved, aPlace(two, { progress: 0 })]));
        expect(await store.places(room.id, other.id)).toEqual([aPlace(two)]);
      });

      it('ST11 up to when a member has seen a chapter never goes back', async () => {
        const [one] = chapters;
        if (!one) throw new Error('no chapters');
        const write = (row: Place) =>
          store.commit(aCommit(room.id, host.id, { changes: [{ table: 'place', member: host.id, row }] }));
        await write(aPlace(one, { seenAt: 8 }));
        await write(aPlace(one, { seenAt: 6, progress: 0.9 }));
        expect(await store.places(room.id, host.id)).toEqual([aPlace(one, { seenAt: 8, progress: 0.9 })]);
        await write(aPlace(one, { seenAt: 9 }));
        expect(await store.places(room.id, host.id)).toEqual([aPlace(one, { seenAt: 9 })]);
      });

      it('ST12 the open session is found until it has ended, and the ended one by its id', async () => {
        const session = aSession(chapter.id, host.id);
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: session }] }));
        expect(await store.openSession(room.id)).toEqual(session);
        const ended = { ...session, waiting: true, spotlight: null, hands: [], endedAt: 5 };
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: ended }] }));
        expect(await store.openSession(room.id)).toBeNull();
        expect(await store.session(room.id, session.id)).toEqual(ended);
        const next = aSession(chapter.id, host.id);
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: next }] }));
        expect(await store.openSession(room.id)).toEqual(next);
      });

      it('ST12 a room has one open session at most', async () => {
        const session = aSession(chapter.id, host.id);
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: session }] }));
        const second = aSession(chapter.id, host.id);
        await expect(
          store.commit(aCommit(room.id, host.id, { changes: [{ table: 'session', row: second }] })),
        ).rejects.toBeInstanceOf(Error);
        expect(await store.openSession(room.id)).toEqual(session);
      });
    });

    describe('documents', () => {
      it('ST13 a document is its updates in order, and after a replacement its snapshot and what came since', async () => {
        const document = `margin:${chapter.id}`;
        const update = (...values: number[]) =>
          store.commit(
            aCommit(room.id, host.id, { documents: [{ document, lineage: 'one', update: bytes(...values) }] }),
          );
        await update(0, 255);
        await update();
        await update(7);
        const logged = await store.document(document);
        expect(logged).toMatchObject({ lineage: 'one', snapshot: null });
        expect(plain(logged?.updates ?? [])).toEqual([[0, 255], [], [7]]);

        await store.replaceDocument(document, 'one', bytes(1, 2, 3));
        await update(8);
        const compacted = await store.document(document);
        expect(compacted?.lineage).toBe('one');
        expect([...(compacted?.snapshot ?? [])]).toEqual([1, 2, 3]);
        expect(plain(compacted?.updates ?? [])).toEqual([[8]]);
      });

      it('ST13 a document can begin with a snapshot', async () => {
        await store.replaceDocument('margin:new', 'one', bytes(1));
        const stored = await store.document('margin:new');
        expect([...(stored?.snapshot ?? [])]).toEqual([1]);
        expect(stored?.updates).toEqual([]);
      });

      it('ST13 a long document comes in parts, which are read back in order before what is added', async () => {
        const document = `margin:${chapter.id}`;
        await store.replaceDocument(document, 'one', bytes(9));
        await store.replaceDocument(document, 'one', bytes(1), [bytes(2), bytes(3)]);
        await store.commit(aCommit(room.id, host.id, { documents: [{ document, lineage: 'one', update: bytes(4) }] }));
        const stored = await store.document(document);
        expect([...(stored?.snapshot ?? [])]).toEqual([1]);
        expect(plain(stored?.updates ?? [])).toEqual([[2], [3], [4]]);
      });

      it('ST14 an update of another lineage is refused with all that came with it', async () => {
        const document = `margin:${chapter.id}`;
        await store.replaceDocument(document, 'two', bytes(1));
        const annotation = anAnnotation(chapter.id, host.id);
        const commit = aCommit(room.id, host.id, {
          changes: [{ table: 'annotation', row: annotation }],
          documents: [{ document, lineage: 'one', update: bytes(9) }],
        });
        await expect(store.commit(commit)).rejects.toThrow('lineage');
        expect((await store.margin(room.id, chapter.id)).annotations).toEqual([]);
        expect((await store.document(document))?.updates).toEqual([]);
      });
    });

    describe('commits', () => {
      it('ST15 a commit counts up by one, room by room, and its command is found again', async () => {
        const other = aRoom();
        await store.createRoom(other, host, []);
        const commit = aCommit(room.id, host.id);
        const seq = await store.commit(commit);
        expect(await store.commit(aCommit(room.id, host.id, { command: null }))).toBe(seq + 1);
        expect(await store.commit(aCommit(other.id, host.id))).toBe(1);
        const command = commit.command?.id ?? newId();
        expect(await store.committedCommand(room.id, host.id, command)).toEqual({ seq, digest: 'digest' });
        expect(await store.committedCommand(other.id, host.id, command)).toBeNull();
        expect(await store.committedCommand(room.id, aMember().id, command)).toBeNull();
      });

      it('ST15 one command is committed once', async () => {
        const commit = aCommit(room.id, host.id);
        const seq = await store.commit(commit);
        const again = {
          ...commit,
          changes: [{ table: 'annotation' as const, row: anAnnotation(chapter.id, host.id) }],
        };
        await expect(store.commit(again)).rejects.toBeInstanceOf(Error);
        expect((await store.margin(room.id, chapter.id)).annotations).toEqual([]);
        expect(await store.commit(aCommit(room.id, host.id))).toBe(seq + 1);
      });

      it('ST16 a commit of which one part fails leaves nothing', async () => {
        const document = `margin:${chapter.id}`;
        const kept = anAnnotation(chapter.id, host.id);
        const seq = await store.commit(
          aCommit(room.id, host.id, {
            changes: [{ table: 'annotation', row: kept }],
            documents: [{ document, lineage: 'one', update: bytes(1) }],
          }),
        );
        const good = { table: 'annotation' as const, row: anAnnotation(chapter.id, host.id) };
        const bad = [
          { table: 'annotation' as const, row: anAnnotation(newId<ChapterId>(), host.id) },
          { table: 'reply' as const, row: aReply(anAnnotation(chapter.id, host.id), host.id) },
          {
            table: 'reaction' as const,
            row: { target: newId<AnnotationId>(), emoji: '👍', member: host.id },
            on: true,
          },
          { table: 'place' as const, member: host.id, row: aPlace({ ...chapter, id: newId<ChapterId>() }) },
          { table: 'room' as const, row: aRoom() },
        ];
        for (const change of bad) {
          const commit = aCommit(room.id, host.id, {
            changes: [good, { table: 'member', row: { ...host, name: 'other' } }, change],
            documents: [{ document, lineage: 'one', update: bytes(2) }],
          });
          await expect(store.commit(commit)).rejects.toBeInstanceOf(Error);
          expect(await store.committedCommand(room.id, host.id, commit.command?.id ?? newId())).toBeNull();
        }
        expect((await store.margin(room.id, chapter.id)).annotations).toEqual([kept]);
        expect(await store.members(room.id)).toEqual([host]);
        expect(plain((await store.document(document))?.updates ?? [])).toEqual([[1]]);
        expect(await store.commit(aCommit(room.id, host.id))).toBe(seq + 1);
      });

      it('ST16 a commit to a room that is not there is refused', async () => {
        await expect(store.commit(aCommit(newId<RoomId>(), host.id))).rejects.toThrow('no room');
      });

      it('ST17 of commits that come at once each stands or falls alone', async () => {
        const first = await store.commit(aCommit(room.id, host.id));
        const commits = Array.from({ length: 100 }, (_, index) => {
          const annotation = anAnnotation(index % 3 === 0 ? newId<ChapterId>() : chapter.id, host.id);
          return aCommit(room.id, host.id, { changes: [{ table: 'annotation', row: annotation }] });
        });
        const results = await Promise.allSettled(commits.map((commit) => store.commit(commit)));
        const stood = commits.filter((_, index) => results[index]?.status === 'fulfilled');
        expect(stood).toEqual(commits.filter((_, index) => index % 3 !== 0));
        const seqs = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
        expect(seqs).toEqual(seqs.map((_, index) => first + 1 + index));
        expect((await store.margin(room.id, chapter.id)).annotations.map(({ id }) => id)).toEqual(
          stood.flatMap(({ changes }) =>
            changes.map((change) => (change.table === 'annotation' ? change.row.id : null)),
          ),
        );
      });
    });

    describe('devices', () => {
      it('ST18 a browser is found by the hash of its token, with who it is in each room', async () => {
        const token = aTokenHash();
        const other = aRoom();
        await store.createRoom(other, host, []);
        await store.createDevice(token, 'device', 5);
        await store.touchDevice('device', 6);
        await store.bindDevice('device', room.id, host.id);
        await store.bindDevice('device', other.id, host.id);
        const device = await store.deviceByToken(token);
        expect(device).toMatchObject({ id: 'device', createdAt: 5, seenAt: 6 });
        expect(device?.members).toHaveLength(2);
        expect(device?.members).toEqual(
          expect.arrayContaining([
            { room: room.id, member: host.id },
            { room: other.id, member: host.id },
          ]),
        );
        await expect(store.createDevice(token, 'second', 7)).rejects.toBeInstanceOf(Error);
      });

      it('ST18 a browser is one member in a room, in place of whoever it was, until it is let go', async () => {
        const member = aMember();
        await store.commit(aCommit(room.id, member.id, { changes: [{ table: 'member', row: member }] }));
        const tokens = [aTokenHash(), aTokenHash()] as const;
        await store.createDevice(tokens[0], 'one', 1);
        await store.createDevice(tokens[1], 'two', 2);
        await store.bindDevice('one', room.id, host.id);
        await store.bindDevice('one', room.id, member.id);
        await store.bindDevice('two', room.id, member.id);
        expect(await store.devicesOf(room.id, host.id)).toEqual([]);
        expect((await store.devicesOf(room.id, member.id)).map(({ id }) => id)).toEqual(['one', 'two']);
        await store.unbindDevice('one', room.id);
        expect((await store.devicesOf(room.id, member.id)).map(({ id }) => id)).toEqual(['two']);
        expect((await store.deviceByToken(tokens[0]))?.members).toEqual([]);
      });

      it('ST19 a device link is redeemed once, and not after it expired', async () => {
        const [once, late] = [aTokenHash(), aTokenHash()];
        await store.createDeviceLink(once, room.id, host.id, 100);
        await store.createDeviceLink(late, room.id, host.id, 100);
        const both = await Promise.all([store.redeemDeviceLink(once, 99), store.redeemDeviceLink(once, 99)]);
        expect(both.filter((one) => one !== null)).toEqual([{ room: room.id, member: host.id, expiresAt: 100 }]);
        expect(await store.redeemDeviceLink(late, 100)).toBeNull();
        expect(await store.redeemDeviceLink(aTokenHash(), 1)).toBeNull();
      });
    });

    describe('what is forgotten', () => {
      it('ST20 bodies of what was deleted long ago are emptied, and old commands forgotten; the rest stays', async () => {
        const annotation = anAnnotation(chapter.id, host.id);
        const recent = anAnnotation(chapter.id, host.id);
        const reply = aReply(annotation, host.id);
        const at = (time: number, changes: Parameters<Store['commit']>[0]['changes']) => {
          const commit = aCommit(room.id, host.id, { at: time, changes });
          return store.commit(commit).then(() => commit.command?.id ?? newId<CommandId>());
        };
        const old = await at(10, [
          { table: 'annotation', row: annotation },
          { table: 'annotation', row: recent },
          { table: 'reply', row: reply },
        ]);
        await at(20, [
          { table: 'annotation', row: { ...annotation, deleted: true } },
          { table: 'reply', row: { ...reply, deleted: true } },
        ]);
        // Hidden after it was deleted: the time of deletion is still the first.
        await at(40, [{ table: 'annotation', row: { ...annotation, deleted: true, hidden: true } }]);
        const kept = await at(40, [{ table: 'annotation', row: { ...recent, deleted: true } }]);

        await store.purge(30, 1);
        expect(await store.committedCommand(room.id, host.id, old)).not.toBeNull();
        await store.purge(30, 30);
        expect(await store.margin(room.id, chapter.id)).toEqual({
          annotations: [
            { ...annotation, body: '', deleted: true, hidden: true },
            { ...recent, deleted: true },
          ],
          replies: [{ ...reply, body: '', deleted: true }],
          reactions: [],
        });
        expect(await store.committedCommand(room.id, host.id, old)).toBeNull();
        expect(await store.committedCommand(room.id, host.id, kept)).not.toBeNull();
      });

      it('ST20 what was taken back out of deletion keeps its words', async () => {
        const annotation = anAnnotation(chapter.id, host.id);
        for (const [at, deleted] of [
          [10, true],
          [20, false],
        ] as const) {
          const changes = [{ table: 'annotation' as const, row: { ...annotation, deleted } }];
          await store.commit(aCommit(room.id, host.id, { at, changes }));
        }
        await store.purge(1_000, 1_000);
        expect((await store.margin(room.id, chapter.id)).annotations).toEqual([annotation]);
      });
    });

    describe('what is forgotten, when it is much', () => {
      it('ST29 leaves others their turn in between, and leaves nothing over', async () => {
        const annotation = anAnnotation(chapter.id, host.id);
        await store.commit(aCommit(room.id, host.id, { at: 10, changes: [{ table: 'annotation', row: annotation }] }));
        const many = Array.from({ length: 1_300 }, () => aCommit(room.id, host.id, { at: 10 }));
        await Promise.all(many.map((commit) => store.commit(commit)));
        let turns = 0;
        let purging = true;
        const count = () => {
          turns += 1;
          if (purging) setImmediate(count);
        };
        setImmediate(count);
        await store.purge(30, 30);
        purging = false;
        expect(turns).toBeGreaterThan(1);
        const ids = many.flatMap(({ command }) => (command ? [command.id] : []));
        const left = await Promise.all(ids.map((id) => store.committedCommand(room.id, host.id, id)));
        expect(left.filter((found) => found !== null)).toEqual([]);
      });
    });

    describe('closing', () => {
      it('ST21 everything is there after closing and opening again', async () => {
        const annotation = anAnnotation(chapter.id, host.id);
        const reply = aReply(annotation, host.id);
        const session = aSession(chapter.id, host.id);
        const token = aTokenHash();
        const commit = aCommit(room.id, host.id, {
          changes: [
            { table: 'annotation', row: annotation },
            { table: 'reply', row: reply },
            { table: 'reaction', row: { target: annotation.id, emoji: '👍', member: host.id }, on: true },
            { table: 'place', member: host.id, row: aPlace(chapter) },
            { table: 'session', row: session },
          ],
          documents: [{ document: `margin:${chapter.id}`, lineage: 'one', update: bytes(1, 2) }],
        });
        await store.createDevice(token, 'device', 5);
        await store.bindDevice('device', room.id, host.id);
        const seq = await store.commit(commit);
        const invites = await store.invites(room.id);

        store = await opened.reopen();
        expect(await store.room(room.id)).toEqual(room);
        expect(await store.members(room.id)).toEqual([host]);
        expect(await store.invites(room.id)).toEqual(invites);
        expect(await store.books(room.id)).toEqual([book]);
        expect(await store.chapter(room.id, chapter.id)).toEqual(chapter);
        expect(await store.margin(room.id, chapter.id)).toEqual({
          annotations: [annotation],
          replies: [reply],
          reactions: [{ target: annotation.id, emoji: '👍', member: host.id }],
        });
        expect(await store.places(room.id, host.id)).toEqual([aPlace(chapter)]);
        expect(await store.openSession(room.id)).toEqual(session);
        expect(plain((await store.document(`margin:${chapter.id}`))?.updates ?? [])).toEqual([[1, 2]]);
        expect(await store.deviceByToken(token)).toMatchObject({ members: [{ room: room.id, member: host.id }] });
        expect(await store.committedCommand(room.id, host.id, commit.command?.id ?? newId())).toEqual({
          seq,
          digest: 'digest',
        });
        expect(await store.commit(aCommit(room.id, host.id))).toBe(seq + 1);
      });

      it('ST21 closing waits for commits that are under way, and nothing is taken after it', async () => {
        const commits = Array.from({ length: 50 }, () => aCommit(room.id, host.id));
        const written = commits.map((commit) => store.commit(commit));
        await store.close();
        await store.close();
        await expect(Promise.all(written)).resolves.toHaveLength(50);
        await expect(store.commit(aCommit(room.id, host.id))).rejects.toBeInstanceOf(Error);
        await expect(store.room(room.id)).rejects.toBeInstanceOf(Error);
      });
    });
  });
}
