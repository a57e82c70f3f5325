import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fixed, type Slot, stack } from '#components/margin/stack.ts';

const slot = (anchorTop: number, height: number): Slot => ({ anchorTop, height });
const atRest: Fixed = { pivot: null, held: null };
const chosen = (pivot: number): Fixed => ({ pivot, held: null });

const overlaps = (slots: readonly Slot[], tops: readonly number[], gap: number) =>
  slots.slice(1).some((_, index) => (tops[index + 1] ?? 0) - (tops[index] ?? 0) < (slots[index]?.height ?? 0) + gap);
const roomBefore = (slots: readonly Slot[], at: number, gap: number) =>
  at === 0 ? 0 : slots.slice(0, at).reduce((sum, one) => sum + one.height + gap, 0);

describe('stack', () => {
  it('MG1 notes stand at their words, or just below the note before them', () => {
    expect(stack([slot(100, 50), slot(110, 50), slot(400, 50)], 10, atRest)).toEqual([100, 160, 400]);
  });

  it('MG1 the chosen note stands at its words and the others make way both ways', () => {
    expect(stack([slot(300, 50), slot(310, 80), slot(320, 50)], 10, chosen(1))).toEqual([250, 310, 400]);
  });

  it('MG1 the chosen note gives way only as far as the notes before it do not fit above', () => {
    expect(stack([slot(10, 50), slot(20, 50), slot(30, 50)], 10, chosen(2))).toEqual([0, 60, 120]);
  });

  it('MG1 a note that is not there is nobody’s pivot', () => {
    const slots = [slot(10, 50), slot(20, 50)];
    expect(stack(slots, 10, chosen(7))).toEqual(stack(slots, 10, atRest));
  });

  it('MG23 a card in sight stays where it is: what is above it makes way upwards, what is below follows it', () => {
    const slots = [slot(100, 90), slot(150, 50), slot(160, 50), slot(170, 50)];
    expect(stack(slots, 10, atRest)).toEqual([100, 200, 260, 320]);
    expect(stack(slots, 10, { pivot: null, held: { at: 2, top: 230 } })).toEqual([70, 170, 230, 290]);
  });

  it('MG23 a card that is held and a chosen one below it both stand where they should, if there is room', () => {
    const slots = [slot(100, 50), slot(105, 50), slot(300, 50), slot(300, 200)];
    expect(stack(slots, 10, { pivot: 3, held: { at: 1, top: 170 } })).toEqual([100, 170, 240, 300]);
    expect(stack(slots, 10, { pivot: 3, held: { at: 1, top: 200 } })).toEqual([100, 200, 260, 320]);
  });

  const columns = fc
    .array(fc.record({ anchorTop: fc.integer({ min: 0, max: 4_000 }), height: fc.integer({ min: 1, max: 400 }) }), {
      minLength: 1,
      maxLength: 40,
    })
    .map((slots) => slots.toSorted((a, b) => a.anchorTop - b.anchorTop));
  const gaps = fc.integer({ min: 0, max: 40 });

  it('MG1 nothing overlaps, the order is kept, and the chosen note is at its words if they leave it room', () => {
    fc.assert(
      fc.property(columns, fc.nat(), gaps, (slots, any, gap) => {
        const pivot = any % slots.length;
        const tops = stack(slots, gap, chosen(pivot));
        expect(overlaps(slots, tops, gap)).toBe(false);
        expect(tops[pivot]).toBe(Math.max(slots[pivot]?.anchorTop ?? 0, roomBefore(slots, pivot, gap)));
      }),
    );
  });

  it('MG1 at rest no note stands above its words, and the first one stands at them', () => {
    fc.assert(
      fc.property(columns, gaps, (slots, gap) => {
        const tops = stack(slots, gap, atRest);
        for (const [index, one] of slots.entries()) expect(tops[index]).toBeGreaterThanOrEqual(one.anchorTop);
        expect(tops[0]).toBe(slots[0]?.anchorTop);
      }),
    );
  });

  it('MG23 a held card is where it was if those above leave it room, and nothing overlaps', () => {
    fc.assert(
      fc.property(columns, fc.nat(), fc.nat({ max: 4_000 }), fc.option(fc.nat()), gaps, (slots, any, top, one, gap) => {
        const at = any % slots.length;
        const pivot = one === null ? null : one % slots.length;
        fc.pre(pivot !== at);
        const tops = stack(slots, gap, { pivot, held: { at, top } });
        expect(overlaps(slots, tops, gap)).toBe(false);
        expect(tops[at]).toBe(Math.max(top, roomBefore(slots, at, gap)));
      }),
    );
  });

  it('MG23 holding a card where it stands anyway changes nothing', () => {
    fc.assert(
      fc.property(columns, fc.nat(), gaps, (slots, any, gap) => {
        const at = any % slots.length;
        const tops = stack(slots, gap, atRest);
        fc.pre((tops[at] ?? 0) >= roomBefore(slots, at, gap));
        expect(stack(slots, gap, { pivot: null, held: { at, top: tops[at] ?? 0 } })).toEqual(tops);
      }),
    );
  });

  it('MG23 however high a card above turns out to be, what is held and all below it stay', () => {
    fc.assert(
      fc.property(
        columns,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 400 }),
        gaps,
        (slots, any, other, height, gap) => {
          const at = any % slots.length;
          const before = stack(slots, gap, atRest);
          const grown = slots.map((one, index) => (at > 0 && index === other % at ? { ...one, height } : one));
          fc.pre((before[at] ?? 0) >= roomBefore(grown, at, gap));
          const after = stack(grown, gap, { pivot: null, held: { at, top: before[at] ?? 0 } });
          expect(after.slice(at)).toEqual(before.slice(at));
        },
      ),
    );
  });
});
