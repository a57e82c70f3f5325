import type { Anchor } from '#shared/anchoring/anchor.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { AnnotationId, BookId, ChapterId, MemberId, ReplyId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Block } from '#shared/text/block.ts';
import type { ExportInput } from '#server/exporters/exporter.ts';

/** An id that reads like what it names, padded to the length of real ones. */
export const idOf = <Id extends string>(name: string): Id => name.padEnd(20, '0') as Id;

export const mara = idOf<MemberId>('mara');
export const kenji = idOf<MemberId>('kenji');
export const bea = idOf<MemberId>('bea');

export const noon = Date.UTC(2026, 10, 20, 12, 0, 0);
const MINUTE_MS = 60_000;

export const member = (id: MemberId, name: string, rest: Partial<Member> = {}): Member => ({
  id,
  name,
  initials: 'X',
  ink: 'moss',
  role: 'reader',
  muted: false,
  removed: false,
  joinedAt: noon,
  ...rest,
});

export const paragraphs = (...texts: string[]): Block[] =>
  texts.map((text, index) => ({ type: 'paragraph', id: `b${index + 1}`, text, marks: [], quoteDepth: 0 }));

export const harbour = paragraphs(
  'The harbour 👩‍👩‍👦 froze on a Tuesday.',
  'Nobody had asked it to, and nobody said thanks.',
  'By noon the gulls were walking.',
);

export function chapterOf(blocks: Block[], rest: Partial<Chapter> = {}): Chapter {
  return {
    id: idOf<ChapterId>('chapter1'),
    bookId: idOf<BookId>('book'),
    index: 0,
    title: 'The Harbour',
    words: 20,
    hash: 'hash',
    language: 'en',
    direction: 'ltr',
    blocks,
    ...rest,
  };
}

/** An anchor on `words`, which may run over blocks with `\n` between them. */
export function anchorOn(chapter: Chapter, words: string): Anchor {
  const whole = chapter.blocks.map((block) => block.text).join('\n');
  const at = whole.indexOf(words);
  if (at < 0) throw new Error(`no such words: ${words}`);
  return anchorAt(chapter, at, at + words.length);
}

/** An anchor from the UTF-16 offsets in the blocks joined by `\n`. */
export function anchorAt(chapter: Chapter, from: number, to: number): Anchor {
  const whole = chapter.blocks.map((block) => block.text).join('\n');
  const position = (offset: number) => {
    let begins = 0;
    for (const block of chapter.blocks) {
      if (offset <= begins + block.text.length) return { block: block.id, offset: offset - begins };
      begins += block.text.length + 1;
    }
    throw new Error('beyond the text');
  };
  return {
    start: position(from),
    end: position(to),
    hash: chapter.hash,
    quote: {
      exact: whole.slice(from, to),
      prefix: whole.slice(Math.max(0, from - 32), from),
      suffix: whole.slice(to, to + 32),
    },
  };
}

export const note = (name: string, rest: Partial<Annotation> = {}): Annotation => ({
  id: idOf<AnnotationId>(name),
  chapter: idOf<ChapterId>('chapter1'),
  author: mara,
  colour: 'saffron',
  anchor: null,
  body: '',
  visibility: 'room',
  createdAt: noon,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...rest,
});

export const replyTo = (annotation: string, name: string, rest: Partial<Reply> = {}): Reply => ({
  id: idOf<ReplyId>(name),
  annotation: idOf<AnnotationId>(annotation),
  author: kenji,
  body: '',
  createdAt: noon + MINUTE_MS,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...rest,
});

export const book: Book = {
  id: idOf<BookId>('book'),
  title: 'The Salt Road',
  author: 'N. Example',
  language: 'en',
  direction: 'ltr',
  format: 'text',
  addedBy: mara,
  addedAt: noon,
  chapters: [],
};

export interface Margin {
  chapter?: Chapter;
  annotations?: Annotation[];
  replies?: Reply[];
  reactions?: Record<string, Reactions>;
}

/** An export asked for by Mara, of one chapter, unless told otherwise. */
export function exportOf(
  { chapter = chapterOf(harbour), annotations = [], replies = [], reactions = {} }: Margin,
  rest: Partial<ExportInput> = {},
): ExportInput {
  return {
    room: { id: idOf<RoomId>('room'), title: 'Tuesday Pages', locked: false, createdAt: noon },
    asker: mara,
    book,
    members: [
      member(mara, 'Mara', { role: 'host', joinedAt: noon - 2 }),
      member(kenji, 'Kenji', { joinedAt: noon - 1 }),
      member(bea, 'Bea'),
    ],
    chapters: [{ chapter, annotations, replies, reactions: new Map(Object.entries(reactions)) }],
    scope: 'all',
    pad: null,
    origin: 'https://room.example.org',
    exportedAt: noon + 60 * MINUTE_MS,
    ...rest,
  };
}

/** A margin with one of everything. */
export function fullMargin(blocks = harbour): Required<Margin> {
  const chapter = chapterOf(blocks);
  return {
    chapter,
    annotations: [
      note('walking', {
        author: bea,
        colour: 'heather',
        anchor: anchorOn(chapter, 'the gulls were walking'),
        body: 'Where *to*?',
      }),
      note('froze', {
        anchor: anchorOn(chapter, 'froze on a Tuesday'),
        body: 'Of all days.\n\n> a day\n\nSee https://example.org/ice.',
        editedAt: noon + MINUTE_MS,
      }),
      note('spans', {
        author: kenji,
        colour: 'woad',
        anchor: anchorOn(chapter, 'a Tuesday.\nNobody'),
        createdAt: noon + 5,
      }),
      note('pencil', {
        colour: 'clay',
        anchor: anchorOn(chapter, 'nobody said thanks'),
        body: 'Ask about my uncle.',
        visibility: 'private',
      }),
      note('gone', { author: kenji, anchor: anchorOn(chapter, 'By noon'), deleted: true, createdAt: noon + 7 }),
      note('talk', { author: kenji, body: 'Shall we read on?' }),
    ],
    replies: [
      replyTo('froze', 'later', { author: bea, body: 'Second thought.', createdAt: noon + 3 * MINUTE_MS }),
      replyTo('froze', 'sooner', { body: 'First thought.' }),
      replyTo('gone', 'hanging', { author: bea, body: 'I liked what stood here.' }),
      replyTo('talk', 'yes', { author: mara, body: 'Yes.' }),
    ],
    reactions: {
      [idOf<string>('froze')]: { '🌱': [kenji, bea], '❄️': [bea] },
      [idOf<string>('sooner')]: { '👏': [mara] },
    },
  };
}
