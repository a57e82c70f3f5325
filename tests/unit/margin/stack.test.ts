import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Slot, stack } from '#components/margin/stack.ts';

const slot = (id: string, anchorTop: number, height: number): Slot => ({ id, anchorTop, height });

describe('stack', () => {
  it('MG1 notes stand at their words, or just below the note before them', () => {
    const tops = stack([slot('a', 100, 50), slot('b', 110, 50), slot('c', 400, 50)], null, 10);
    expect([...tops]).toEqual([
      ['a', 100],
      ['b', 160],
      ['c', 400],
    ]);
  });

  it('MG1 the chosen note stands at its words and the others make way both ways', () => {
    const slots = [slot('a', 300, 50), slot('b', 310, 80), slot('c', 320, 50)];
    expect([...stack(slots, 'b', 10).values()]).toEqual([250, 310, 400]);
  });

  it('MG1 the chosen note gives way only as far as the notes before it do not fit above', () => {
    const slots = [slot('a', 10, 50), slot('b', 20, 50), slot('c', 30, 50)];
    expect([...stack(slots, 'c', 10).values()]).toEqual([0, 60, 120]);
  });

  it('MG1 a note that is not there is nobody’s pivot', () => {
    const slots = [slot('a', 10, 50), slot('b', 20, 50)];
    expect(stack(slots, 'z', 10)).toEqual(stack(slots, null, 10));
  });

  const columns = fc
    .array(fc.record({ anchorTop: fc.integer({ min: 0, max: 4_000 }), height: fc.integer({ min: 1, max: 400 }) }), {
      minLength: 1,
      maxLength: 40,
    })
    .map((slots) => slots.toSorted((a, b) => a.anchorTop - b.anchorTop).map((part, i) => ({ id: `n${i}`, ...part })));

  it('MG1 nothing overlaps, the order is kept, and the chosen note is at its words if they leave it room', () => {
    fc.assert(
      fc.property(columns, fc.nat(), fc.integer({ min: 0, max: 40 }), (slots, chosen, gap) => {
        const at = chosen % slots.length;
        const pivot = slots[at];
        if (pivot === undefined) return;
        const tops = stack(slots, pivot.id, gap);
        for (const [index, one] of slots.entries()) {
          const next = slots[index + 1];
          if (next === undefined) continue;
          expect((tops.get(next.id) ?? 0) - (tops.get(one.id) ?? 0)).toBeGreaterThanOrEqual(one.height + gap);
        }
        const before = slots.slice(0, at).reduce((sum, one) => sum + one.height + gap, 0);
        expect(tops.get(pivot.id)).toBe(Math.max(pivot.anchorTop, at === 0 ? 0 : before));
      }),
    );
  });

  it('MG1 at rest no note stands above its words, and the first one stands at them', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 0, max: 40 }), (slots, gap) => {
        const tops = stack(slots, null, gap);
        for (const one of slots) expect(tops.get(one.id)).toBeGreaterThanOrEqual(one.anchorTop);
        expect(tops.get('n0')).toBe(slots[0]?.anchorTop);
      }),
    );
  });
});
