import { describe, expect, it } from 'vitest';
import { type Arrivals, holdArrivals, noArrivals, type Whereabouts } from '#components/margin/hold-arrivals.ts';

const places: Record<string, Whereabouts> = { up: 'above', here: 'in-sight', down: 'below' };

function step(before: Arrivals, ids: string[], change: { frozen?: boolean; mine?: string; at?: typeof places } = {}) {
  return holdArrivals(before, {
    has: (id) => ids.includes(id),
    fresh: ids.filter((id) => !before.known.has(id)),
    mine: (id) => id === change.mine,
    whereIs: (id) => (change.at ?? places)[id] ?? 'in-sight',
    frozen: change.frozen ?? false,
  });
}

const settled: Arrivals = { ...noArrivals, known: new Set(['old']) };

describe('holdArrivals', () => {
  it('MG6 a note that comes above the reading line waits until one gets there', () => {
    const waiting = step(settled, ['old', 'up']);
    expect([...waiting.above]).toEqual(['up']);
    expect(step(waiting, ['old', 'up'])).toBe(waiting);
    expect(step(waiting, ['old', 'up'], { at: { up: 'in-sight' } }).above.size).toBe(0);
  });

  it('MG6 a note that comes in sight stands at once, one below is counted until it is seen', () => {
    const after = step(settled, ['old', 'here', 'down']);
    expect(after.above.size).toBe(0);
    expect([...after.below]).toEqual(['down']);
    expect(step(after, ['old', 'here', 'down'], { at: { down: 'in-sight' } }).below.size).toBe(0);
  });

  it('MG6 a note that was here is not counted again when one scrolls past it', () => {
    const after = step(settled, ['old'], { at: { old: 'above' } });
    expect(after).toBe(settled);
  });

  it('MG6 one’s own note and the chosen one never wait', () => {
    expect(step(settled, ['old', 'up'], { mine: 'up' }).above.size).toBe(0);
  });

  it('MG6 while one types everything that comes waits', () => {
    const typing = step(settled, ['old', 'here', 'down'], { frozen: true });
    expect([...typing.above]).toEqual(['here', 'down']);
    const rested = step(typing, ['old', 'here', 'down']);
    expect(rested.above.size).toBe(0);
    expect([...rested.below]).toEqual(['down']);
  });

  it('MG6 a note that was taken back again waits no more', () => {
    expect(step(step(settled, ['old', 'up']), ['old']).above.size).toBe(0);
  });
});
