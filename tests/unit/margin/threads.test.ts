import { describe, expect, it } from 'vitest';
import { threadsOf } from '#components/margin/threads.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import { type AnnotationId, type ChapterId, type MemberId, newId, type ReplyId } from '#shared/records/ids.ts';
import type { Block } from '#shared/text/block.ts';

const me = newId<MemberId>();
const other = newId<MemberId>();
const chapter = newId<ChapterId>();
const blocks: Block[] = ['b1', 'b2'].map((id) => ({
  id,
  type: 'paragraph',
  text: 'Ten pears.',
  marks: [],
  quoteDepth: 0,
}));

function annotation(change: Partial<Annotation> = {}, at: [string, number] | null = ['b1', 0]): Annotation {
  const anchor = at && {
    start: { block: at[0], offset: at[1] },
    end: { block: at[0], offset: at[1] + 3 },
    hash: 'h',
    quote: { exact: 'Ten', prefix: '', suffix: '' },
  };
  return {
    id: newId<AnnotationId>(),
    chapter,
    author: other,
    colour: 'saffron',
    anchor,
    body: 'words',
    visibility: 'room',
    createdAt: 1,
    editedAt: null,
    deleted: false,
    hidden: false,
    ...change,
  };
}

function reply(to: Annotation, change: Partial<Reply> = {}): Reply {
  return {
    id: newId<ReplyId>(),
    annotation: to.id,
    author: other,
    body: 'answer',
    createdAt: 2,
    editedAt: null,
    deleted: false,
    hidden: false,
    ...change,
  };
}

function read(annotations: Annotation[], replies: Reply[] = [], moderates = false, stranded: string[] = []) {
  const records = {
    annotations: new Map(annotations.map((record) => [record.id, record])),
    replies: new Map(replies.map((record) => [record.id, record])),
    reactions: new Map(),
  };
  return threadsOf(records, blocks, { me, moderates, stranded: (id) => stranded.includes(id) });
}

describe('threadsOf', () => {
  it('MG4 notes come in reading order, then by time', () => {
    const late = annotation({ createdAt: 9 });
    const early = annotation({ createdAt: 3 });
    const second = annotation({ createdAt: 1 }, ['b2', 0]);
    const { notes } = read([second, late, early]);
    expect(notes.map((thread) => thread.annotation)).toEqual([early, late, second]);
  });

  it('MG4 a highlight without words is no note, but its thread can be opened', () => {
    const bare = annotation({ body: '' });
    const threads = read([bare]);
    expect(threads.notes).toEqual([]);
    expect(threads.of(bare.id)).toEqual({ annotation: bare, replies: [] });
  });

  it('MG4 a highlight that waits for a connection shows that it waits', () => {
    const bare = annotation({ body: '' });
    expect(read([bare], [], false, [bare.id]).notes).toHaveLength(1);
  });

  it('MG4 a deleted note stands while replies hang on it', () => {
    const gone = annotation({ body: '', deleted: true });
    expect(read([gone]).notes).toEqual([]);
    expect(read([gone], [reply(gone)]).notes).toHaveLength(1);
    expect(read([gone], [reply(gone, { deleted: true })]).notes).toEqual([]);
  });

  it('MG4 what was hidden is seen by moderators and by its author alone', () => {
    const hidden = annotation({ body: '', hidden: true });
    const mine = annotation({ body: '', hidden: true, author: me });
    expect(read([hidden, mine]).notes.map((thread) => thread.annotation)).toEqual([mine]);
    expect(read([hidden, mine], [], true).notes).toHaveLength(2);
    const parent = annotation();
    expect(read([parent], [reply(parent, { hidden: true })]).notes[0]?.replies).toEqual([]);
    expect(read([parent], [reply(parent, { hidden: true })], true).notes[0]?.replies).toHaveLength(1);
  });

  it('MG4 the chapter-wide talk stands by itself, oldest first', () => {
    const later = annotation({ createdAt: 5 }, null);
    const first = annotation({ createdAt: 4 }, null);
    const threads = read([later, first]);
    expect(threads.notes).toEqual([]);
    expect(threads.talk.map((thread) => thread.annotation)).toEqual([first, later]);
  });
});
