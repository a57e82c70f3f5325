import { z } from 'zod';
import type { Selectable } from 'kysely';
import { sessionSchema } from '#shared/protocol/session.ts';
import { anchorSchema } from '#shared/anchoring/anchor.ts';
import { annotationSchema, replySchema } from '#shared/records/annotation.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import { bookAboutSchema, chapterSchema } from '#shared/records/book.ts';
import type { Book, Chapter, ChapterEntry } from '#shared/records/book.ts';
import { annotationIdSchema } from '#shared/records/id-schemas.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { memberSchema } from '#shared/records/member.ts';
import type { Member } from '#shared/records/member.ts';
import { padVersionSchema } from '#shared/records/pad-version.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import { placeSchema, roomSchema } from '#shared/records/room.ts';
import type { Place, Room } from '#shared/records/room.ts';
import type { FormerAnchors, StoredPadVersion, StoredSession } from '../store.ts';
import type { Flag, Tables } from './tables.ts';

/**
 * Rows to records and back. What comes out of the file is parsed by the record's own schema: a row that a damaged disk or
 * a stranger's hand changed fails here, at the border, and not in the middle of a room.
 */

type Row<Name extends keyof Tables> = Omit<Selectable<Tables[Name]>, 'arrival'>;

const flag = (value: boolean): Flag => (value ? 1 : 0);
const storedSessionSchema = sessionSchema.extend({ endedAt: z.number().int().nullable() });

export const roomRecord = (row: Omit<Row<'rooms'>, 'seq' | 'stamped_at'>): Room =>
  roomSchema.parse({ id: row.id, title: row.title, locked: row.locked === 1, createdAt: row.created_at });

export const roomRow = (room: Room): Omit<Row<'rooms'>, 'seq' | 'stamped_at'> => ({
  id: room.id,
  title: room.title,
  locked: flag(room.locked),
  created_at: room.createdAt,
});

export const memberRecord = (row: Row<'members'>): Member =>
  memberSchema.parse({
    id: row.id,
    name: row.name,
    initials: row.initials,
    ink: row.ink,
    role: row.role,
    muted: row.muted === 1,
    removed: row.removed === 1,
    joinedAt: row.joined_at,
  });

export const memberRow = (room: RoomId, member: Member): Row<'members'> => ({
  room,
  id: member.id,
  name: member.name,
  initials: member.initials,
  ink: member.ink,
  role: member.role,
  muted: flag(member.muted),
  removed: flag(member.removed),
  joined_at: member.joinedAt,
});

export const bookRecord = (row: Row<'books'>, chapters: ChapterEntry[]): Book => ({
  id: row.id,
  title: row.title,
  author: row.author,
  language: row.language,
  direction: row.direction,
  format: row.format,
  addedBy: row.added_by,
  addedAt: row.added_at,
  ...(row.shelf_order === null ? {} : { order: row.shelf_order }),
  ...(row.about === null ? {} : { about: bookAboutSchema.parse(JSON.parse(row.about)) }),
  chapters,
});

export const bookRow = (room: RoomId, book: Book): Row<'books'> => ({
  room,
  id: book.id,
  title: book.title,
  author: book.author,
  language: book.language,
  direction: book.direction,
  format: book.format,
  added_by: book.addedBy,
  added_at: book.addedAt,
  about: book.about === undefined ? null : JSON.stringify(book.about),
  shelf_order: book.order ?? null,
});

export const chapterEntry = (
  row: Pick<Row<'chapters'>, 'id' | 'position' | 'title' | 'words' | 'block_count' | 'hash'>,
): ChapterEntry => ({
  id: row.id,
  index: row.position,
  title: row.title,
  words: row.words,
  blocks: row.block_count,
  hash: row.hash,
});

export const chapterRecord = (row: Row<'chapters'>): Chapter =>
  chapterSchema.parse({
    id: row.id,
    bookId: row.book,
    index: row.position,
    title: row.title,
    words: row.words,
    hash: row.hash,
    language: row.language,
    direction: row.direction,
    blocks: JSON.parse(row.blocks),
  });

export const chapterRow = (room: RoomId, chapter: Chapter): Row<'chapters'> => ({
  room,
  id: chapter.id,
  book: chapter.bookId,
  position: chapter.index,
  title: chapter.title,
  words: chapter.words,
  block_count: chapter.blocks.length,
  hash: chapter.hash,
  language: chapter.language,
  direction: chapter.direction,
  blocks: JSON.stringify(chapter.blocks),
});

const formerAnchorsSchema = z.array(z.tuple([annotationIdSchema, anchorSchema]));
export const formerAnchorsRecord = (anchors: string): FormerAnchors => formerAnchorsSchema.parse(JSON.parse(anchors));

export const annotationRecord = (row: Row<'annotations'>): Annotation =>
  annotationSchema.parse({
    id: row.id,
    chapter: row.chapter,
    author: row.author,
    colour: row.colour,
    anchor: row.anchor === null ? null : JSON.parse(row.anchor),
    body: row.body,
    visibility: row.visibility,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deleted: row.deleted === 1,
    hidden: row.hidden === 1,
  });

/** `at` is the time of the commit: the time of deletion, if this is what deletes it. */
export const annotationRow = (room: RoomId, annotation: Annotation, at: number): Row<'annotations'> => ({
  room,
  id: annotation.id,
  chapter: annotation.chapter,
  author: annotation.author,
  colour: annotation.colour,
  anchor: annotation.anchor === null ? null : JSON.stringify(annotation.anchor),
  body: annotation.body,
  visibility: annotation.visibility,
  created_at: annotation.createdAt,
  edited_at: annotation.editedAt,
  deleted: flag(annotation.deleted),
  deleted_at: annotation.deleted ? at : null,
  hidden: flag(annotation.hidden),
});

export const replyRecord = (row: Omit<Row<'replies'>, 'chapter'>): Reply =>
  replySchema.parse({
    id: row.id,
    annotation: row.annotation,
    author: row.author,
    body: row.body,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deleted: row.deleted === 1,
    hidden: row.hidden === 1,
  });

export const replyRow = (room: RoomId, reply: Reply, at: number): Omit<Row<'replies'>, 'chapter'> => ({
  room,
  id: reply.id,
  annotation: reply.annotation,
  author: reply.author,
  body: reply.body,
  created_at: reply.createdAt,
  edited_at: reply.editedAt,
  deleted: flag(reply.deleted),
  deleted_at: reply.deleted ? at : null,
  hidden: flag(reply.hidden),
});

export const placeRecord = (row: Omit<Row<'places'>, 'room' | 'member'>): Place =>
  placeSchema.parse({
    chapter: row.chapter,
    book: row.book,
    position: { block: row.block, offset: row.offset },
    progress: row.progress,
    seenAt: row.seen_at,
    updatedAt: row.updated_at,
  });

export const sessionRecord = (row: Pick<Row<'sessions'>, 'state' | 'ended_at'>): StoredSession =>
  storedSessionSchema.parse({ ...JSON.parse(row.state), endedAt: row.ended_at });

export const sessionRow = (room: RoomId, session: StoredSession): Row<'sessions'> => ({
  room,
  id: session.id,
  state: JSON.stringify(sessionSchema.parse(session)),
  ended_at: session.endedAt,
});

export const padVersionRecord = (row: Omit<Row<'pad_versions'>, 'room' | 'book' | 'content'>): PadVersion =>
  padVersionSchema.parse({
    id: row.id,
    cause: row.cause,
    title: row.title,
    author: row.author,
    createdAt: row.created_at,
  });

export const padVersionRow = (room: RoomId, version: StoredPadVersion): Row<'pad_versions'> => ({
  room,
  id: version.id,
  book: version.book,
  cause: version.cause,
  title: version.title,
  author: version.author,
  created_at: version.createdAt,
  content: version.content,
});
