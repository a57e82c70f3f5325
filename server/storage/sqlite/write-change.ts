import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { eitherKind, type Annotation, type Reply, type TargetId } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { BookId, ChapterId, MemberId, PadVersionId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Place, Room } from '#shared/records/room.ts';
import type { Change, StoredInvite, StoredPadVersion, StoredReaction, StoredSession } from '../store.ts';
import { compileOnce } from './compile-once.ts';
import { dropPicturesOf } from './picture-queries.ts';
import { annotationRow, bookRow, chapterRow, memberRow, padVersionRow, replyRow, roomRow, sessionRow } from './rows.ts';
import type { Tables } from './tables.ts';

/** A transaction, or inside one. */
type Writing = Kysely<Tables>;

/**
 * Writes one change of a room. Throws when the change contradicts what is stored (an unknown chapter, a record that would
 * change its author or its thread); the caller's transaction then leaves nothing of the commit.
 */
export async function writeChange(trx: Writing, room: RoomId, at: number, change: Change): Promise<void> {
  switch (change.table) {
    case 'room':
      return writeRoom(trx, room, change.row);
    case 'member':
      return writeMember(trx, room, change.row);
    case 'annotation':
      return writeAnnotation(trx, room, at, change.row);
    case 'reply':
      return writeReply(trx, room, at, change.row);
    case 'reaction':
      return writeReaction(trx, room, change.row, change.on);
    case 'place':
      return writePlace(trx, room, change.member, change.row);
    case 'session':
      return writeSession(trx, room, change.row);
    case 'invite':
      return writeInvite(trx, room, change.row);
    case 'book':
      return writeBook(trx, room, change.row, change.chapters);
    case 'revision':
      return writeRevision(trx, room, at, change);
    case 'book-removed':
      return removeBook(trx, room, change.book);
    case 'pad-version':
      return writePadVersion(trx, room, change.row);
    case 'pad-version-removed':
      return removePadVersion(trx, room, change.version);
  }
}

async function writeRoom(trx: Writing, room: RoomId, record: Room): Promise<void> {
  if (record.id !== room) throw new Error(`Room ${record.id} cannot be changed in a commit of room ${room}.`);
  const { id, ...columns } = roomRow(record);
  await trx.updateTable('rooms').set(columns).where('id', '=', id).execute();
}

export async function writeMember(trx: Writing, room: RoomId, record: Member): Promise<void> {
  const row = memberRow(room, record);
  await trx
    .insertInto('members')
    .values(row)
    .onConflict((conflict) => conflict.columns(['room', 'id']).doUpdateSet(row))
    .execute();
}

async function writeAnnotation(trx: Writing, room: RoomId, at: number, record: Annotation): Promise<void> {
  const { numAffectedRows } = await upsertAnnotation(trx, annotationRow(room, record, at));
  if (numAffectedRows !== 1n) throw new Error(`Annotation ${record.id} has another author or chapter.`);
}

async function writeReply(trx: Writing, room: RoomId, at: number, record: Reply): Promise<void> {
  const row = { ...replyRow(room, record, at), chapter: await chapterOf(trx, room, record.annotation) };
  const { numAffectedRows } = await upsertReply(trx, row);
  if (numAffectedRows !== 1n) throw new Error(`Reply ${record.id} has another author or thread.`);
}

// What is written again after its deletion (a host hides it, say) keeps the time at which it was deleted.
const firstDeletion = (table: 'annotations' | 'replies') =>
  sql<number>`iif(excluded.deleted_at is null, null, coalesce(${sql.ref(`${table}.deleted_at`)}, excluded.deleted_at))`;

const upsertAnnotation = compileOnce((db, row: ReturnType<typeof annotationRow>) =>
  db
    .insertInto('annotations')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['room', 'id'])
        .doUpdateSet((set) => ({
          colour: set.ref('excluded.colour'),
          anchor: set.ref('excluded.anchor'),
          body: set.ref('excluded.body'),
          visibility: set.ref('excluded.visibility'),
          created_at: set.ref('excluded.created_at'),
          edited_at: set.ref('excluded.edited_at'),
          deleted: set.ref('excluded.deleted'),
          deleted_at: firstDeletion('annotations'),
          hidden: set.ref('excluded.hidden'),
        }))
        .whereRef('annotations.chapter', '=', 'excluded.chapter')
        .whereRef('annotations.author', '=', 'excluded.author'),
    ),
);

const upsertReply = compileOnce((db, row: ReturnType<typeof replyRow> & { chapter: ChapterId }) =>
  db
    .insertInto('replies')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['room', 'id'])
        .doUpdateSet((set) => ({
          body: set.ref('excluded.body'),
          created_at: set.ref('excluded.created_at'),
          edited_at: set.ref('excluded.edited_at'),
          deleted: set.ref('excluded.deleted'),
          deleted_at: firstDeletion('replies'),
          hidden: set.ref('excluded.hidden'),
        }))
        .whereRef('replies.annotation', '=', 'excluded.annotation')
        .whereRef('replies.author', '=', 'excluded.author'),
    ),
);

async function chapterOf(trx: Writing, room: RoomId, target: TargetId): Promise<ChapterId> {
  const asked = eitherKind(target);
  const annotation = await trx
    .selectFrom('annotations')
    .select('chapter')
    .where('room', '=', room)
    .where('id', '=', asked.annotation)
    .executeTakeFirst();
  if (annotation) return annotation.chapter;
  const reply = await trx
    .selectFrom('replies')
    .select('chapter')
    .where('room', '=', room)
    .where('id', '=', asked.reply)
    .executeTakeFirst();
  if (reply) return reply.chapter;
  throw new Error(`There is no annotation or reply ${target} in room ${room}.`);
}

async function writeReaction(trx: Writing, room: RoomId, row: StoredReaction, on: boolean): Promise<void> {
  if (!on) {
    await trx
      .deleteFrom('reactions')
      .where('room', '=', room)
      .where('target', '=', row.target)
      .where('emoji', '=', row.emoji)
      .where('member', '=', row.member)
      .execute();
    return;
  }
  const { target, emoji, member } = row;
  await trx
    .insertInto('reactions')
    .values({ room, chapter: await chapterOf(trx, room, target), target, emoji, member })
    .onConflict((conflict) => conflict.columns(['room', 'target', 'emoji', 'member']).doNothing())
    .execute();
}

async function writePlace(trx: Writing, room: RoomId, member: MemberId, place: Place): Promise<void> {
  const row = {
    room,
    member,
    chapter: place.chapter,
    book: place.book,
    block: place.position.block,
    offset: place.position.offset,
    progress: place.progress,
    seen_at: place.seenAt,
    updated_at: place.updatedAt,
  };
  await trx
    .insertInto('places')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['room', 'member', 'chapter']).doUpdateSet({
        ...row,
        // Two devices of one member write in any order; what the one has seen, the other does not make unseen.
        seen_at: sql<number>`max(${sql.ref('places.seen_at')}, ${place.seenAt})`,
      }),
    )
    .execute();
}

async function writeSession(trx: Writing, room: RoomId, session: StoredSession): Promise<void> {
  const row = sessionRow(room, session);
  await trx
    .insertInto('sessions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['room', 'id']).doUpdateSet(row))
    .execute();
}

export async function writeInvite(trx: Writing, room: RoomId, invite: StoredInvite): Promise<void> {
  const row = { room, role: invite.role, token: invite.token, created_at: invite.createdAt };
  await trx
    .insertInto('invites')
    .values(row)
    .onConflict((conflict) => conflict.columns(['room', 'role']).doUpdateSet(row))
    .execute();
}

// Chapters that are not named stay: taking text away from under its annotations is what 'book-removed' is for.
async function writeBook(trx: Writing, room: RoomId, book: Book, chapters: Chapter[]): Promise<void> {
  const row = bookRow(room, book);
  await trx
    .insertInto('books')
    .values(row)
    .onConflict((conflict) => conflict.columns(['room', 'id']).doUpdateSet(row))
    .execute();
  for (const chapter of chapters) {
    if (chapter.bookId !== book.id) throw new Error(`Chapter ${chapter.id} belongs to another book.`);
    const columns = chapterRow(room, chapter);
    await trx
      .insertInto('chapters')
      .values(columns)
      .onConflict((conflict) => conflict.columns(['room', 'id']).doUpdateSet(columns))
      .execute();
  }
}

async function writeRevision(
  trx: Writing,
  room: RoomId,
  at: number,
  { chapter, former, anchors, by }: Extract<Change, { table: 'revision' }>,
): Promise<void> {
  const { title, words, block_count, hash, blocks } = chapterRow(room, chapter);
  const { numUpdatedRows } = await trx
    .updateTable('chapters')
    .set({ title, words, block_count, hash, blocks })
    .where('room', '=', room)
    .where('id', '=', chapter.id)
    .where('hash', '=', former.hash)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Error(`Chapter ${chapter.id} has another text than the one to replace.`);
  const kept = { anchors: JSON.stringify(anchors), replaced_at: at, replaced_by: by };
  const row = chapterRow(room, former);
  await trx
    .insertInto('former_texts')
    .values({
      room,
      chapter: former.id,
      hash: row.hash,
      title: row.title,
      words: row.words,
      blocks: row.blocks,
      ...kept,
    })
    .onConflict((conflict) => conflict.columns(['room', 'chapter', 'hash']).doUpdateSet(kept))
    .execute();
}

// Chapters, annotations, replies, reactions and places follow their book by foreign keys; documents are found by name.
async function removeBook(trx: Writing, room: RoomId, book: BookId): Promise<void> {
  const chapters = await trx
    .selectFrom('chapters')
    .select('id')
    .where('room', '=', room)
    .where('book', '=', book)
    .execute();
  await trx.deleteFrom('documents').where('document', '=', `pad:${book}`).execute();
  for (const { id } of chapters) {
    await trx
      .deleteFrom('documents')
      .where((where) =>
        where.or([
          where('document', '=', `margin:${id}`),
          // ';' follows ':' in ASCII, so this is every name that begins with `notes:<chapter>:`.
          where.and([where('document', '>=', `notes:${id}:`), where('document', '<', `notes:${id};`)]),
        ]),
      )
      .execute();
  }
  await dropPicturesOf(trx, room, book);
  await trx.deleteFrom('books').where('room', '=', room).where('id', '=', book).execute();
}

async function writePadVersion(trx: Writing, room: RoomId, version: StoredPadVersion): Promise<void> {
  await trx.insertInto('pad_versions').values(padVersionRow(room, version)).execute();
}

async function removePadVersion(trx: Writing, room: RoomId, version: PadVersionId): Promise<void> {
  await trx.deleteFrom('pad_versions').where('room', '=', room).where('id', '=', version).execute();
}
