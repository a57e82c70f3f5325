import { describe, expect, it } from 'vitest';
import { comeBackAfter } from '#components/room/come-back.ts';
import { Seeded } from '#tests/support/seeded.ts';

describe('coming back after the server went', () => {
  it('FT17 waits longer each time, up to a bound', () => {
    const waits = Array.from({ length: 8 }, (_wait, tries) => comeBackAfter(tries, 0.5));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  });

  it('FT17 spreads the first tries of many over half a second', () => {
    const seeded = new Seeded(1);
    const waits = Array.from({ length: 500 }, () => comeBackAfter(0, seeded.next()));
    for (const slot of [250, 350, 450, 550, 650]) {
      const inSlot = waits.filter((wait) => wait >= slot && wait < slot + 100).length;
      expect(inSlot).toBeGreaterThan(50);
      expect(inSlot).toBeLessThan(150);
    }
  });
});
