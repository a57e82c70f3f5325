import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { RoundPace, type Waiting } from '#server/rooms/round-pace.ts';

const LONG_AGO_MS = 10_000;

const comes = (by: MemberId): Waiting => ({ by, since: performance.now() });
const passes = (ms: number): void => void vi.advanceTimersByTime(ms);

describe('the rest between rounds', () => {
  let pace: RoundPace;
  const [mara, ada, ines] = [newId<MemberId>(), newId<MemberId>(), newId<MemberId>()];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    pace = new RoundPace();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const round = (ms: number, writers: readonly MemberId[] = [mara, ada]) => {
    pace.began(writers.map(comes));
    passes(ms);
    pace.ended();
  };

  it('CM13 is none for the first, and none for who comes into a quiet room', () => {
    expect(pace.restMs([comes(ines)])).toBe(0);
    round(5);
    expect(pace.restMs([comes(ines)])).toBeGreaterThan(0);
    passes(LONG_AGO_MS);
    expect(pace.restMs([comes(ines)])).toBe(0);
  });

  it('CM13 is longer after a round that took longer, and shorter the more people write', () => {
    round(1);
    const short = pace.restMs([comes(ines)]);
    round(3);
    const long = pace.restMs([comes(ines)]);
    expect(long).toBe(3 * short);
    expect(pace.restMs([comes(ines), comes(mara)])).toBe(long / 2);
    round(3, [mara, ada, mara, ada]);
    expect(pace.restMs([comes(ines)])).toBe(long / 2);
  });

  it('CM13 ends when those who wait have waited long enough together, and counts what they waited while the last round was written', () => {
    pace.began([comes(mara), comes(ada)]);
    const early = comes(ines);
    passes(4);
    pace.ended();
    const before = pace.restMs([early]);
    expect(before).toBe(pace.restMs([comes(ines)]) - 4);
    passes(before / 2);
    const late = comes(mara);
    expect(pace.restMs([early, late])).toBe(before / 4);
    passes(before / 4);
    expect(pace.restMs([early, late])).toBe(0);
  });

  it('CM13 holds nobody for longer than 50 ms, however long a round takes', () => {
    round(1_000);
    const one = comes(ines);
    expect(pace.restMs([one])).toBe(50);
    passes(50);
    expect(pace.restMs([one])).toBe(0);
  });

  it('CM13 is left out for one who writes on and on alone', () => {
    round(5, [mara]);
    expect(pace.restMs([comes(mara)])).toBe(0);
    expect(pace.restMs([comes(ada)])).toBeGreaterThan(0);
    expect(pace.restMs([comes(mara), comes(ada)])).toBeGreaterThan(0);
  });
});
