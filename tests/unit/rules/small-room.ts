import type { Command } from '#shared/protocol/command.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import {
  annotationIdSchema,
  bookIdSchema,
  chapterIdSchema,
  commandIdSchema,
  memberIdSchema,
  replyIdSchema,
  roomIdSchema,
  sessionIdSchema,
} from '#shared/records/id-schemas.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import type { RoomFacts } from '#server/rules/facts.ts';

const padded = (word: string): string => word.padEnd(20, '0');

function person(name: string, role: Member['role'], more: Partial<Member> = {}): Member {
  return {
    id: memberIdSchema.parse(padded(name)),
    name,
    initials: 'P',
    ink: 'moss',
    role,
    muted: false,
    removed: false,
    joinedAt: 1,
    ...more,
  };
}

/** One of each standing. */
export const people = {
  host: person('hst', 'host'),
  cohost: person('ch1', 'cohost'),
  otherCohost: person('ch2', 'cohost'),
  reader: person('rdr', 'reader'),
  otherReader: person('rd2', 'reader'),
  listener: person('stn', 'listener'),
  muted: person('mtd', 'reader', { muted: true }),
  removed: person('gne', 'reader', { removed: true }),
};
export type Who = keyof typeof people;

export const book: Book = {
  id: bookIdSchema.parse(padded('bk')),
  title: 'The Last Ferry',
  author: null,
  language: 'en',
  direction: 'ltr',
  format: 'text',
  addedBy: people.host.id,
  addedAt: 1,
  chapters: [{ id: chapterIdSchema.parse(padded('ch')), index: 0, title: 'One', words: 9, blocks: 2, hash: 'h1' }],
};

export const chapter: Chapter = {
  id: chapterIdSchema.parse(padded('ch')),
  bookId: book.id,
  index: 0,
  title: 'One',
  words: 9,
  hash: 'h1',
  language: 'en',
  direction: 'ltr',
  blocks: ['The ferry left at four.', 'They waved 👋🏽 twice.'].map((text, index) => ({
    id: `b${index + 1}`,
    type: 'paragraph',
    text,
    marks: [],
    quoteDepth: 0,
  })),
};

export const passage = { start: { block: 'b1', offset: 4 }, end: { block: 'b1', offset: 9 } };

export function annotation(word: string, author: Member, more: Partial<Annotation> = {}): Annotation {
  return {
    id: annotationIdSchema.parse(padded(word)),
    chapter: chapter.id,
    author: author.id,
    colour: 'clay',
    anchor: { ...passage, hash: 'h1', quote: { exact: 'ferry', prefix: 'The ', suffix: ' left' } },
    body: 'words',
    visibility: 'room',
    createdAt: 1,
    editedAt: null,
    deleted: false,
    hidden: false,
    ...more,
  };
}

export function reply(word: string, parent: Annotation, author: Member, more: Partial<Reply> = {}): Reply {
  return {
    id: replyIdSchema.parse(padded(word)),
    annotation: parent.id,
    author: author.id,
    body: 'answer',
    createdAt: 2,
    editedAt: null,
    deleted: false,
    hidden: false,
    ...more,
  };
}

export function session(lectern: Member, more: Partial<Session> = {}): Session {
  return {
    id: sessionIdSchema.parse(padded('ses')),
    lectern: lectern.id,
    waiting: false,
    startedAt: 1,
    chapter: chapter.id,
    place: passage,
    spotlight: null,
    hands: [],
    ...more,
  };
}

export interface Situation {
  room?: Partial<Room>;
  annotations?: Annotation[];
  replies?: Reply[];
  reactions?: Record<string, Reactions>;
  session?: Session | null;
  /** In reading order. */
  shelf?: Book[];
  annotationCount?: number;
  annotationsInRoom?: number;
  marginBytes?: number;
  memberBytes?: number;
  threadLength?: number;
}

/** A small room in this situation, as the rules see it. */
export function facts(situation: Situation = {}): RoomFacts {
  const { annotations = [], replies = [], reactions = {}, shelf = [book] } = situation;
  const inThread = (parent: string) => replies.filter((one) => one.annotation === parent);
  return {
    now: 1_000,
    room: { id: roomIdSchema.parse(padded('rm')), title: 'Harbour', locked: false, createdAt: 1, ...situation.room },
    session: situation.session ?? null,
    member: (wanted) => Object.values(people).find((one) => one.id === wanted) ?? null,
    book: (wanted) => shelf.find((one) => one.id === wanted) ?? null,
    shelf: () => shelf,
    bookOf: (wanted) => (wanted === chapter.id ? book : null),
    chapter: (wanted) => (wanted === chapter.id ? chapter : null),
    annotation: (wanted) => annotations.find((one) => one.id === wanted) ?? null,
    reply: (wanted) => replies.find((one) => one.id === wanted) ?? null,
    reactionsOf: (target) => reactions[target] ?? {},
    standingReplies: (parent) => inThread(parent).filter((one) => !one.deleted).length,
    threadLength: (parent) => situation.threadLength ?? inThread(parent).length,
    annotationsInRoom: () => situation.annotationsInRoom ?? annotations.length,
    annotationCount: () => situation.annotationCount ?? annotations.length,
    marginBytes: () => situation.marginBytes ?? 0,
    memberBytes: () => situation.memberBytes ?? 0,
  };
}

/** A command without its id. */
export type Wish = Command extends infer One ? (One extends Command ? Omit<One, 'id'> : never) : never;
export const asCommand = (wish: Wish): Command => ({ id: commandIdSchema.parse(padded('cmd')), ...wish });
export const fresh = {
  annotation: annotationIdSchema.parse(padded('new')),
  reply: replyIdSchema.parse(padded('new')),
  member: memberIdSchema.parse(padded('new')),
  chapter: chapterIdSchema.parse(padded('new')),
};
