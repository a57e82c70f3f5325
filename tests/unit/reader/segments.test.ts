import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf, type Stretch } from '#components/reader/segments.ts';
import type { Mark } from '#shared/text/block.ts';

const note = (id: string, start: number, end: number): Stretch => ({ id, start, end });

describe('segments of a block', () => {
  it('RD1 a block without marks is one segment', () => {
    expect(segmentsOf(5, [], [])).toEqual([{ start: 0, end: 5, marks: [], notes: [] }]);
  });

  it('RD1 a block without text has none', () => {
    expect(segmentsOf(0, [], [note('a', 0, 4)])).toEqual([]);
  });

  it('RD1 overlapping notes share a segment that names both, the longer one beneath', () => {
    const parts = segmentsOf(10, [], [note('short', 3, 6), note('long', 2, 8)]);
    expect(parts.map(({ start, end, notes }) => [start, end, notes.map(({ id }) => id)])).toEqual([
      [0, 2, []],
      [2, 3, ['long']],
      [3, 6, ['long', 'short']],
      [6, 8, ['long']],
      [8, 10, []],
    ]);
  });

  it('RD1 notes on the very same words stack alike on every screen, whatever their order', () => {
    const both = [note('a', 1, 4), note('b', 1, 4)];
    expect(segmentsOf(5, [], both)).toEqual(segmentsOf(5, [], both.toReversed()));
  });

  it('RD1 what reaches over the end of the text is cut there', () => {
    const parts = segmentsOf(4, [], [note('a', 2, 99)]);
    expect(parts.at(-1)).toMatchObject({ start: 2, end: 4, notes: [{ id: 'a' }] });
  });

  it('RD61 a note’s number or a printed page parts the text where it stands, and lies over nothing', () => {
    const points: Mark[] = [
      { type: 'noteref', start: 2, end: 2, note: 'n1', label: '1' },
      { type: 'page', start: 0, end: 0, label: '7' },
      { type: 'page', start: 5, end: 5, label: '8' },
    ];
    expect(segmentsOf(5, points, [note('a', 0, 5)])).toMatchObject([
      { start: 0, end: 2, marks: [], notes: [{ id: 'a' }] },
      { start: 2, end: 5, marks: [], notes: [{ id: 'a' }] },
    ]);
  });

  it('RD1 segments give back the text, none is empty, and each knows exactly what lies over it', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(stretch, { maxLength: 12 }),
        fc.array(stretch, { maxLength: 6 }),
        (length, noteEdges, markEdges) => {
          const notes = noteEdges.map(([start, end], index) => note(`n${index}`, start, end));
          const marks = markEdges.map(([start, end]): Mark => ({ type: 'emphasis', start, end }));
          const parts = segmentsOf(length, marks, notes);
          expect(parts[0]?.start).toBe(0);
          expect(parts.at(-1)?.end).toBe(length);
          for (const [index, part] of parts.entries()) {
            expect(part.end).toBeGreaterThan(part.start);
            expect(part.start).toBe(parts[index - 1]?.end ?? 0);
            const covers = ({ start, end }: { start: number; end: number }) => start <= part.start && end >= part.end;
            expect(new Set(part.notes)).toEqual(new Set(notes.filter((one) => one.start < one.end && covers(one))));
            expect(new Set(part.marks)).toEqual(new Set(marks.filter((one) => one.start < one.end && covers(one))));
          }
        },
      ),
    );
  });
});
