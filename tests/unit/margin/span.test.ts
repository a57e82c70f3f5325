import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, isSameSpan, nextSpan, nothing, type Span, spanWithin } from '#components/margin/span.ts';
import { stack } from '#components/margin/stack.ts';

const span = (from: number, to: number): Span => ({ from, to });

const columns = fc
  .array(fc.record({ anchorTop: fc.nat({ max: 4_000 }), height: fc.integer({ min: 1, max: 400 }) }), { maxLength: 60 })
  .map((slots) => slots.toSorted((a, b) => a.anchorTop - b.anchorTop));

/** Three spans of one column, each within the next, and one that has nothing to do with them. */
const wishes = fc.tuple(fc.nat(200), fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30)).map((numbers) => {
  const [from, seen, up, down, above, below] = numbers;
  const wanted = span(Math.max(0, from - up), from + seen + down);
  return {
    seen: span(from, from + seen),
    wanted,
    kept: span(Math.max(0, wanted.from - above), wanted.to + below),
  };
});
const spans = fc.tuple(fc.nat(250), fc.nat(80)).map(([from, size]) => span(from, from + size));

describe('spanWithin', () => {
  it('MG24 finds exactly the cards that reach into a stretch of the column', () => {
    fc.assert(
      fc.property(columns, fc.nat(6_000), fc.integer({ min: 1, max: 2_000 }), (slots, top, height) => {
        const tops = stack(slots, 8, { pivot: null, held: null });
        const { from, to } = spanWithin(slots, tops, { top, bottom: top + height });
        const reaching = slots.flatMap((slot, index) => {
          const own = tops[index] ?? 0;
          return own + slot.height > top && own < top + height ? [index] : [];
        });
        expect(Array.from({ length: to - from }, (_, index) => from + index)).toEqual(reaching);
      }),
    );
  });
});

describe('nextSpan', () => {
  it('MG24 what is about to be seen is there at once, and the nearest of the rest come some at a time', () => {
    const wish = { seen: span(100, 110), wanted: span(80, 130), kept: span(60, 150), step: 6 };
    expect(nextSpan(nothing, wish)).toEqual(span(97, 113));
    expect(nextSpan(span(97, 113), wish)).toEqual(span(94, 116));
  });

  it('MG24 what one scrolled away from stays for a while, and goes after a jump', () => {
    const wish = { seen: span(100, 110), wanted: span(80, 130), kept: span(60, 150), step: 0 };
    expect(nextSpan(span(50, 105), wish)).toEqual(span(60, 110));
    expect(nextSpan(span(10, 40), wish)).toEqual(span(100, 110));
  });

  it('MG24 at the ends of the column it grows towards the other side', () => {
    const wish = { seen: span(0, 10), wanted: span(0, 30), kept: span(0, 50), step: 6 };
    expect(nextSpan(nothing, wish)).toEqual(span(0, 16));
  });

  it('MG24 it holds what is seen, never leaves what is kept, takes so many at a time and comes to rest at what is wanted', () => {
    fc.assert(
      fc.property(wishes, spans, fc.integer({ min: 1, max: 10 }), (wish, begun, step) => {
        let now = begun;
        for (let rounds = 0; ; rounds += 1) {
          const next = nextSpan(now, { ...wish, step });
          expect(holds(next, wish.seen)).toBe(true);
          expect(holds(wish.kept, next)).toBe(true);
          if (isSameSpan(next, now)) break;
          expect(rounds).toBeLessThan(300);
          now = next;
        }
        expect(holds(now, wish.wanted)).toBe(true);
      }),
    );
  });
});
