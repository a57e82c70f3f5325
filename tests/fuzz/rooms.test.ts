import { describe, expect, it } from 'vitest';
import { RandomRoom } from '#tests/support/random-room.ts';
import { ReadingGroup } from '#tests/support/reading-group.ts';
import { firstSeed } from '#tests/support/seeded.ts';

/** `FUZZ_SEED` repeats a run that failed; `FUZZ_RUNS` sets how many there are. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 4);
const FIRST_SEED = firstSeed();
/** Between two readings of the clock, so that nobody is too fast. */
const PAUSE_MS = 5_000;

describe('rooms under random use', () => {
  for (let run = 0; run < RUNS; run += 1) {
    const seed = FIRST_SEED + run;
    it(`RM15 crashes, faults and repetitions lose and double nothing (FUZZ_SEED=${seed} FUZZ_RUNS=1)`, async () => {
      const group = await ReadingGroup.gather();
      group.now = () => (group.clock += PAUSE_MS);
      await group.restart();
      try {
        const room = new RandomRoom(group, seed);
        await room.play();
        const { found, wanted } = await room.outcome();
        expect(found).toEqual(wanted);
      } finally {
        await group.disband();
      }
    });
  }
});
