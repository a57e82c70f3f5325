import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Onlooker, ThreadKeeper } from '#components/margin/threads.ts';
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

const mapOf = <T extends Annotation | Reply>(records: readonly T[]): ReadonlyMap<T['id'], T> =>
  new Map(records.map((record) => [record.id, record]));

function read(annotations: Annotation[], replies: Reply[] = [], moderates = false, stranded: string[] = []) {
  const records = {
    annotations: new Map(annotations.map((record) => [record.id, record])),
    replies: new Map(replies.map((record) => [record.id, record])),
    reactions: new Map(),
  };
  return new ThreadKeeper().next(records, blocks, { me, moderates, stranded: new Set(stranded) });
}

describe('ThreadKeeper', () => {
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

  it('MG25 what did not change is the same thread, and the list is the same when no note changed', () => {
    const notes = [annotation(), annotation({}, ['b2', 0])];
    const records = { annotations: mapOf(notes), replies: new Map(), reactions: new Map() };
    const keeper = new ThreadKeeper();
    const onlooker: Onlooker = { me, moderates: false, stranded: new Set() };
    const before = keeper.next(records, blocks, onlooker);
    const bare = annotation({ body: '' });
    expect(keeper.next({ ...records, annotations: mapOf([...notes, bare]) }, blocks, onlooker).notes).toBe(
      before.notes,
    );
    const answer = reply(notes[1] as Annotation);
    const after = keeper.next({ ...records, replies: new Map([[answer.id, answer]]) }, blocks, onlooker);
    expect(after.notes[0]).toBe(before.notes[0]);
    expect(after.notes[1]?.replies).toEqual([answer]);
  });

  it('MG25 step by step it comes to what it would make of the last state alone (property test)', () => {
    const ids = Array.from({ length: 6 }, () => newId<AnnotationId>());
    const replyIds = Array.from({ length: 5 }, () => newId<ReplyId>());
    const flags = {
      deleted: fc.boolean(),
      hidden: fc.boolean(),
      createdAt: fc.nat(4),
      author: fc.constantFrom(me, other),
    };
    const annotations = fc.uniqueArray(
      fc
        .record({
          id: fc.constantFrom(...ids),
          body: fc.constantFrom('', 'words'),
          at: fc.constantFrom<[string, number] | null>(['b1', 0], ['b1', 2], ['b2', 1], null),
          ...flags,
        })
        .map(({ at, ...change }) => annotation(change, at)),
      { selector: ({ id }) => id },
    );
    const replies = fc.uniqueArray(
      fc
        .record({ id: fc.constantFrom(...replyIds), to: fc.constantFrom(...ids), ...flags })
        .map(({ to, ...change }) => ({ ...reply(annotation()), ...change, annotation: to })),
      { selector: ({ id }) => id },
    );
    const states = fc.record({
      annotations,
      replies,
      keeps: fc.boolean(),
      moderates: fc.boolean(),
      stranded: fc.subarray<string>([...ids, ...replyIds]),
    });
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 8 }), (steps) => {
        const keeper = new ThreadKeeper();
        let before: Annotation[] = [];
        for (const step of steps) {
          // Some records stay the very objects they were, as they do when a document changes elsewhere.
          const kept = step.keeps ? before.filter(({ id }) => step.annotations.every((one) => one.id !== id)) : [];
          before = [...kept, ...step.annotations];
          const records = { annotations: mapOf(before), replies: mapOf(step.replies), reactions: new Map() };
          const onlooker = { me, moderates: step.moderates, stranded: new Set(step.stranded) };
          const now = keeper.next(records, blocks, onlooker);
          const fresh = new ThreadKeeper().next(records, blocks, onlooker);
          expect(now.notes).toEqual(fresh.notes);
          expect(now.talk).toEqual(fresh.talk);
          for (const id of ids) expect(now.of(id)).toEqual(fresh.of(id));
        }
      }),
    );
  });
});
