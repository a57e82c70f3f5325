import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, foldCrowds } from '#components/margin/fold-crowds.ts';

const note = (id: string, line: number, rest: Partial<Candidate> = {}): Candidate => ({
  id,
  block: 'b1',
  line,
  cost: 3,
  keep: false,
  ...rest,
});

describe('foldCrowds', () => {
  it('MG2 notes with room beside their words all stand', () => {
    const entries = foldCrowds([note('a', 0), note('b', 5), note('c', 20)], 8);
    expect(entries).toEqual(['a', 'b', 'c'].map((id) => ({ kind: 'note', id })));
  });

  it('MG2 a crowd becomes one line that says how many more there are', () => {
    const crowd = Array.from({ length: 9 }, (_, index) => note(`n${index}`, 1));
    const entries = foldCrowds(crowd, 8);
    expect(entries.map((entry) => entry.kind)).toEqual(['note', 'note', 'note', 'crowd']);
    expect(entries.at(-1)).toMatchObject({ ids: ['n3', 'n4', 'n5', 'n6', 'n7', 'n8'], sameBlock: true });
  });

  it('MG2 the chosen note and one’s own unsaved notes are never folded away', () => {
    const crowd = Array.from({ length: 9 }, (_, index) => note(`n${index}`, 1, { keep: index === 7 }));
    expect(foldCrowds(crowd, 8)).toContainEqual({ kind: 'note', id: 'n7' });
  });

  it('MG2 nothing is lost, doubled or moved out of order', () => {
    const candidates = fc
      .array(fc.record({ line: fc.nat(200), cost: fc.integer({ min: 1, max: 8 }), keep: fc.boolean() }), {
        maxLength: 60,
      })
      .map((notes) => notes.toSorted((a, b) => a.line - b.line).map((part, i) => note(`n${i}`, part.line, part)));
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 20 }), (notes, reach) => {
        const entries = foldCrowds(notes, reach);
        const ids = entries.flatMap((entry) => (entry.kind === 'note' ? [entry.id] : entry.ids));
        expect(ids).toEqual(notes.map(({ id }) => id));
        const lonely = entries.filter((entry) => entry.kind === 'crowd' && entry.ids.length < 2);
        expect(lonely).toEqual([]);
      }),
    );
  });
});
