import type { Commit, StoredInvite, StoredSession, TokenHash } from '#server/storage/store.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { ChapterId, CommandId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Place, Room } from '#shared/records/room.ts';
import type { Block } from '#shared/text/block.ts';

/** Records for store tests: whole, valid, and full of what engines and encodings stumble over. */

/** Emoji with joiners, quotes, SQL, a prototype's name, Hebrew and Arabic, a combining mark, line ends, a NUL. */
export const NASTY = '👩‍👩‍👧 "it\'s" `; drop table rooms; -- __proto__ %s ? :a שלום مرحبا e\u0301 \u2028\r\n\t\u0000 end';

export const aRoom = (more: Partial<Room> = {}): Room => ({
  id: newId(),
  title: NASTY,
  locked: false,
  createdAt: 1_700_000_000_000,
  ...more,
});

export const aMember = (more: Partial<Member> = {}): Member => ({
  id: newId(),
  name: NASTY,
  initials: '👩‍👩‍👧',
  ink: 'moss',
  role: 'reader',
  muted: false,
  removed: false,
  joinedAt: 1_700_000_000_001,
  ...more,
});

export const anInvite = (more: Partial<StoredInvite> = {}): StoredInvite => ({
  role: 'reader',
  token: `${newId()}_-ABCDEFGHIJ`,
  createdAt: 1_700_000_000_002,
  ...more,
});

const blocks: Block[] = [
  { id: 'b1', type: 'heading', level: 2, text: NASTY, marks: [], quoteDepth: 0 },
  {
    id: 'b2',
    type: 'paragraph',
    text: 'a line with a link',
    marks: [
      { type: 'strong', start: 0, end: 1 },
      { type: 'link', start: 2, end: 6, href: 'https://example.org/?a="b"&c=\'d\'' },
    ],
    quoteDepth: 1,
  },
  { id: 'b3', type: 'break', text: '', marks: [], quoteDepth: 0 },
];

/** A book of that many chapters, as the importer hands it over. */
export function aBook(
  addedBy: MemberId,
  chapterCount = 2,
  more: Partial<Book> = {},
): { book: Book; chapters: Chapter[] } {
  const bookId = more.id ?? newId<Book['id']>();
  const chapters = Array.from({ length: chapterCount }, (_, index): Chapter => ({
    id: newId(),
    bookId,
    index,
    title: `${index} ${NASTY}`,
    words: 5 + index,
    hash: `hash ${index}`,
    language: 'he',
    direction: 'rtl',
    blocks,
  }));
  const book: Book = {
    id: bookId,
    title: NASTY,
    author: null,
    language: 'he',
    direction: 'rtl',
    format: 'markdown',
    addedBy,
    addedAt: 1_700_000_000_003,
    ...more,
    chapters: chapters.map(({ id, index, title, words, hash }) => ({
      id,
      index,
      title,
      words,
      blocks: blocks.length,
      hash,
    })),
  };
  return { book, chapters };
}

export const anAnnotation = (chapter: ChapterId, author: MemberId, more: Partial<Annotation> = {}): Annotation => ({
  id: newId(),
  chapter,
  author,
  colour: 'heather',
  anchor: {
    start: { block: 'b1', offset: 0 },
    end: { block: 'b2', offset: 3 },
    hash: 'hash 0',
    // Half of an emoji: a passage's context may begin in the middle of one.
    quote: { exact: NASTY, prefix: '\udc69', suffix: '\ud83d' },
  },
  body: NASTY,
  visibility: 'room',
  createdAt: 1_700_000_000_004,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...more,
});

export const aReply = (annotation: Annotation, author: MemberId, more: Partial<Reply> = {}): Reply => ({
  id: newId(),
  annotation: annotation.id,
  author,
  body: NASTY,
  createdAt: 1_700_000_000_005,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...more,
});

export const aPlace = (chapter: Chapter, more: Partial<Place> = {}): Place => ({
  chapter: chapter.id,
  book: chapter.bookId,
  position: { block: 'b2', offset: 7 },
  progress: 0.375,
  seenAt: 1_700_000_000_006,
  updatedAt: 1_700_000_000_007,
  ...more,
});

export const aSession = (chapter: ChapterId, lectern: MemberId, more: Partial<StoredSession> = {}): StoredSession => ({
  id: newId(),
  lectern,
  waiting: false,
  startedAt: 1_700_000_000_008,
  chapter,
  place: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 9 } },
  spotlight: { chapter, passage: { start: { block: 'b2', offset: 1 }, end: { block: 'b2', offset: 2 } } },
  hands: [{ member: lectern, note: NASTY, raisedAt: 1_700_000_000_009 }],
  endedAt: null,
  ...more,
});

export const aTokenHash = (): TokenHash => `hash-of-${newId()}` as TokenHash;

/** A commit of a member's command, at a fixed time, with nothing in it yet. */
export const aCommit = (room: RoomId, member: MemberId, more: Partial<Commit> = {}): Commit => ({
  room,
  command: { id: newId<CommandId>(), member, kind: 'annotation.create', digest: 'digest' },
  at: 1_700_000_000_010,
  changes: [],
  documents: [],
  ...more,
});
