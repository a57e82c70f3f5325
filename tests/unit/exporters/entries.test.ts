import { describe, expect, it } from 'vitest';
import type { Colour } from '#shared/records/annotation.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { exportSections, isoTime } from '#server/exporters/entries.ts';
import type { ExportInput } from '#server/exporters/exporter.ts';
import {
  anchorOn,
  bea,
  chapterOf,
  exportOf,
  fullMargin,
  harbour,
  kenji,
  mara,
  member,
  note,
  noon,
  replyTo,
} from './export-fixture.ts';

const nameOf = (id: string): string => id.replace(/0+$/u, '');

/** Names of the notes that come, each with its replies. */
function outline(input: ExportInput): string[] {
  return exportSections(input).flatMap(({ passages, talk }) =>
    [...passages, ...talk].map((entry) =>
      [entry.annotation.id, ...entry.replies.map(({ reply }) => reply.id)].map(nameOf).join('>'),
    ),
  );
}

const mine = (asker: MemberId) => outline(exportOf(fullMargin(), { scope: 'mine', asker }));
const ofInk = (scope: Colour) => outline(exportOf(fullMargin(), { scope }));

describe('what an export holds', () => {
  it('EX1 passages come in reading order, replies in time order, the talk of the chapter last', () => {
    expect(outline(exportOf(fullMargin()))).toEqual([
      'froze>sooner>later',
      'spans',
      'pencil',
      'gone>hanging',
      'walking',
      'talk>yes',
    ]);
  });

  it('EX1 notes on the same words come in the order they were written', () => {
    const chapter = chapterOf(harbour);
    const anchor = anchorOn(chapter, 'froze');
    const annotations = [note('second', { anchor, createdAt: noon + 1 }), note('first', { anchor })];
    expect(outline(exportOf({ annotations }))).toEqual(['first', 'second']);
  });

  it('EX1 a note whose passage is in an earlier revision comes after the others', () => {
    const chapter = chapterOf(harbour);
    const lost = { ...anchorOn(chapter, 'The'), hash: 'another' };
    const annotations = [note('lost', { anchor: lost }), note('kept', { anchor: anchorOn(chapter, 'walking') })];
    expect(outline(exportOf({ annotations }))).toEqual(['kept', 'lost']);
  });

  it('EX2 a deleted note stays only while it has replies to show, and nothing of its words or author with it', () => {
    const annotations = [note('gone', { deleted: true, body: 'taken back' }), note('empty', { deleted: true })];
    const replies = [
      replyTo('gone', 'kept', { body: 'hm' }),
      replyTo('gone', 'deleted', { deleted: true }),
      replyTo('empty', 'hidden', { hidden: true }),
    ];
    const input = exportOf({ annotations, replies });
    expect(outline(input)).toEqual(['gone>kept']);
    expect(exportSections(input)[0]?.talk[0]).toMatchObject({ author: null, body: '', deleted: true });
  });

  it('EX3 a hidden note never comes, not even to its author, nor does the thread under it', () => {
    const input = exportOf({
      annotations: [note('hidden', { hidden: true, body: 'no' })],
      replies: [replyTo('hidden', 'under')],
    });
    expect(outline(input)).toEqual([]);
  });

  it('EX4 a private note of another member is dropped even if the caller let it in', () => {
    const annotations = [
      note('own', { visibility: 'private', body: 'mine' }),
      note('theirs', { visibility: 'private', author: kenji, body: 'theirs' }),
    ];
    expect(outline(exportOf({ annotations }))).toEqual(['own']);
    expect(outline(exportOf({ annotations }, { asker: kenji }))).toEqual(['theirs']);
    expect(outline(exportOf({ annotations }, { asker: bea }))).toEqual([]);
  });

  it('EX5 `mine` is one’s own notes with their threads, and notes one replied to with one’s own replies alone', () => {
    expect(mine(mara)).toEqual(['froze>sooner>later', 'pencil', 'talk>yes']);
    expect(mine(kenji)).toEqual(['froze>sooner', 'spans', 'gone>hanging', 'talk>yes']);
    expect(mine(bea)).toEqual(['froze>later', 'gone>hanging', 'walking']);
  });

  it('EX6 one ink is the passages marked in it, without the talk, which marks nothing', () => {
    expect(ofInk('saffron')).toEqual(['froze>sooner>later', 'gone>hanging']);
    expect(ofInk('heather')).toEqual(['walking']);
    expect(ofInk('verdigris')).toEqual([]);
  });

  it('EX7 names are one line, free of bidirectional controls, and people of one name are told apart', () => {
    const members = [
      member(mara, 'Ma\u202era\n# Host', { joinedAt: noon - 1 }),
      member(kenji, 'Bea'),
      member(bea, 'bea', { joinedAt: noon + 1 }),
    ];
    const annotations = [note('a'), note('b', { author: kenji }), note('c', { author: bea })];
    const [section] = exportSections(exportOf({ annotations }, { members }));
    expect(section?.talk.map(({ author }) => author?.name)).toEqual(['Mara # Host', 'Bea', 'bea (2)']);
  });

  it('EX8 times are ISO 8601 in UTC', () => {
    expect(isoTime(noon + 12_345)).toBe('2026-11-20T12:00:12Z');
  });
});
