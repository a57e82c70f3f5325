import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ChapterEntry } from '#shared/records/book.ts';
import type { AnnotationId, BookId, ChapterId, CommandId, MemberId, ReplyId, RoomId } from '#shared/records/ids.ts';
import type { Store } from '../store.ts';
import { compileOnce } from './compile-once.ts';
import {
  bookRecord,
  chapterEntry,
  chapterRecord,
  formerAnchorsRecord,
  memberRecord,
  placeRecord,
  roomRecord,
  sessionRecord,
} from './rows.ts';
import type { Tables } from './tables.ts';

type RoomQueries = Pick<
  Store,
  | 'room'
  | 'lastStamp'
  | 'members'
  | 'invites'
  | 'inviteByToken'
  | 'books'
  | 'chapter'
  | 'formerText'
  | 'formerAnchors'
  | 'chapterOfAnnotation'
  | 'chapterOfReply'
  | 'annotationCount'
  | 'marginCounts'
  | 'places'
  | 'placesIn'
  | 'openSession'
  | 'session'
  | 'committedCommand'
>;

const selectChapterOfAnnotation = compileOnce((db, { room, id }: { room: RoomId; id: AnnotationId }) =>
  db.selectFrom('annotations').select('chapter').where('room', '=', room).where('id', '=', id),
);

const selectChapterOfReply = compileOnce((db, { room, id }: { room: RoomId; id: ReplyId }) =>
  db.selectFrom('replies').select('chapter').where('room', '=', room).where('id', '=', id),
);

const selectCommand = compileOnce((db, { room, member, id }: { room: RoomId; member: MemberId; id: CommandId }) =>
  db
    .selectFrom('commands')
    .select(['seq', 'digest'])
    .where('room', '=', room)
    .where('member', '=', member)
    .where('id', '=', id),
);

/** Everything of the store that reads a room; each list is one query over an index. */
export function roomQueries(db: Kysely<Tables>): RoomQueries {
  return {
    async room(room) {
      const row = await db.selectFrom('rooms').selectAll().where('id', '=', room).executeTakeFirst();
      return row ? roomRecord(row) : null;
    },

    async lastStamp(room) {
      const row = await db.selectFrom('rooms').select('stamped_at').where('id', '=', room).executeTakeFirst();
      return row?.stamped_at ?? 0;
    },

    async members(room) {
      const rows = await db
        .selectFrom('members')
        .selectAll()
        .where('room', '=', room)
        .orderBy('joined_at')
        .orderBy('arrival')
        .execute();
      return rows.map(memberRecord);
    },

    async invites(room) {
      const rows = await db.selectFrom('invites').selectAll().where('room', '=', room).orderBy('role').execute();
      return rows.map((row) => ({ role: row.role, token: row.token, createdAt: row.created_at }));
    },

    async inviteByToken(token) {
      const row = await db.selectFrom('invites').select(['room', 'role']).where('token', '=', token).executeTakeFirst();
      return row ? { room: row.room, role: row.role } : null;
    },

    async books(room) {
      const books = await db
        .selectFrom('books')
        .selectAll()
        .where('room', '=', room)
        .orderBy('added_at')
        .orderBy('arrival')
        .execute();
      const chapters = await db
        .selectFrom('chapters')
        .select(['book', 'id', 'position', 'title', 'words', 'block_count', 'hash'])
        .where('room', '=', room)
        .orderBy('book')
        .orderBy('position')
        .execute();
      const entries = new Map<BookId, ChapterEntry[]>(books.map((book) => [book.id, []]));
      for (const chapter of chapters) entries.get(chapter.book)?.push(chapterEntry(chapter));
      return books.map((book) => bookRecord(book, entries.get(book.id) ?? []));
    },

    async chapter(room, chapter) {
      const row = await db
        .selectFrom('chapters')
        .selectAll()
        .where('room', '=', room)
        .where('id', '=', chapter)
        .executeTakeFirst();
      return row ? chapterRecord(row) : null;
    },

    async formerText(room, chapter) {
      const row = await db
        .selectFrom('former_texts')
        .innerJoin('chapters', (join) =>
          join.onRef('chapters.room', '=', 'former_texts.room').onRef('chapters.id', '=', 'former_texts.chapter'),
        )
        .selectAll('chapters')
        .select(['former_texts.hash', 'former_texts.title', 'former_texts.words', 'former_texts.blocks'])
        .where('former_texts.room', '=', room)
        .where('former_texts.chapter', '=', chapter)
        .whereRef('former_texts.hash', '<>', 'chapters.hash')
        .orderBy('former_texts.replaced_at', 'desc')
        .orderBy('former_texts.arrival', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? chapterRecord(row) : null;
    },

    async formerAnchors(room, chapter, hash) {
      const row = await db
        .selectFrom('former_texts')
        .select('anchors')
        .where('room', '=', room)
        .where('chapter', '=', chapter)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row ? formerAnchorsRecord(row.anchors) : [];
    },

    async chapterOfAnnotation(room, annotation) {
      const { rows } = await selectChapterOfAnnotation(db, { room, id: annotation });
      return rows[0]?.chapter ?? null;
    },

    async chapterOfReply(room, reply) {
      const { rows } = await selectChapterOfReply(db, { room, id: reply });
      return rows[0]?.chapter ?? null;
    },

    async annotationCount(room) {
      const { count } = await db
        .selectFrom('annotations')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('room', '=', room)
        .executeTakeFirstOrThrow();
      return count;
    },

    async marginCounts(room) {
      // Written out: SQLite uses a partial index only where it sees the index's own condition, not a parameter.
      const { rows } = await sql<{ chapter: ChapterId; notes: number }>`
        select chapter, sum(notes) as notes from (
          select chapter, count(*) as notes from annotations
          where room = ${room} and visibility = 'room' and deleted = 0 and hidden = 0 and body <> ''
          group by chapter
          union all
          select replies.chapter, count(*) as notes from replies
          join annotations on annotations.room = replies.room and annotations.id = replies.annotation
          where replies.room = ${room} and replies.deleted = 0 and replies.hidden = 0
            and annotations.visibility = 'room'
          group by replies.chapter
        ) group by chapter order by chapter
      `.execute(db);
      return rows.map(({ chapter, notes }) => ({ chapter, notes }));
    },

    async places(room, member) {
      const rows = await db
        .selectFrom('places')
        .selectAll()
        .where('room', '=', room)
        .where('member', '=', member)
        .orderBy('chapter')
        .execute();
      return rows.map(placeRecord);
    },

    async placesIn(room, chapter) {
      const rows = await db
        .selectFrom('places')
        .selectAll()
        .where('room', '=', room)
        .where('chapter', '=', chapter)
        .orderBy('member')
        .execute();
      return rows.map((row) => ({ member: row.member, place: placeRecord(row) }));
    },

    async openSession(room) {
      const row = await db
        .selectFrom('sessions')
        .select(['state', 'ended_at'])
        .where('room', '=', room)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return row ? sessionRecord(row) : null;
    },

    async session(room, session) {
      const row = await db
        .selectFrom('sessions')
        .select(['state', 'ended_at'])
        .where('room', '=', room)
        .where('id', '=', session)
        .executeTakeFirst();
      return row ? sessionRecord(row) : null;
    },

    async committedCommand(room, member, command) {
      const { rows } = await selectCommand(db, { room, member, id: command });
      return rows[0] ?? null;
    },
  };
}
