import { describe, expect, it } from 'vitest';
import { latestIn, newsSince } from '#components/reader/new-notes.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import { type AnnotationId, type ChapterId, type MemberId, newId, type ReplyId } from '#shared/records/ids.ts';

const me = newId<MemberId>();
const other = newId<MemberId>();
const note = (createdAt: number, change: Partial<Annotation> = {}): Annotation => ({
  id: newId<AnnotationId>(),
  chapter: newId<ChapterId>(),
  author: other,
  colour: 'woad',
  anchor: null,
  body: 'words',
  visibility: 'room',
  createdAt,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...change,
});
const reply = (annotation: Annotation, createdAt: number, change: Partial<Reply> = {}): Reply => ({
  id: newId<ReplyId>(),
  annotation: annotation.id,
  author: other,
  body: 'words',
  createdAt,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...change,
});
const margin = (annotations: Annotation[], replies: Reply[] = []) => ({
  annotations: new Map(annotations.map((one) => [one.id, one])),
  replies: new Map(replies.map((one) => [one.id, one])),
  reactions: new Map(),
});

describe('what is new since the last visit', () => {
  it('RD8 counts what others wrote later than was seen', () => {
    const late = note(20);
    expect(newsSince(margin([note(5), note(10), late]), 10, me)).toEqual([{ annotation: late.id, at: 20 }]);
  });

  it('RD8 a thread with several new replies is one, as new as its latest', () => {
    const old = note(5);
    expect(newsSince(margin([old], [reply(old, 12), reply(old, 15)]), 10, me)).toEqual([
      { annotation: old.id, at: 15 },
    ]);
  });

  it('RD8 own words, and what was taken back or hidden, are no news', () => {
    const silent = [note(20, { author: me }), note(20, { deleted: true }), note(20, { hidden: true })];
    const old = note(1);
    expect(newsSince(margin([old, ...silent], [reply(old, 20, { author: me })]), 10, me)).toEqual([]);
  });

  it('RD8 a reply without its note is passed over', () => {
    expect(newsSince(margin([], [reply(note(1), 20)]), 10, me)).toEqual([]);
  });

  it('RD8 the latest of notes and replies says how far one has seen', () => {
    const one = note(5);
    expect(latestIn(margin([one], [reply(one, 9)]))).toBe(9);
    expect(latestIn(margin([]))).toBe(0);
  });
});
