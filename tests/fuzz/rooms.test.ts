import { describe, expect, it, onTestFailed } from 'vitest';
import { RandomRoom } from '#tests/support/random-room.ts';
import { ReadingGroup } from '#tests/support/reading-group.ts';
import { firstSeed } from '#tests/support/seeded.ts';

/*
 * Rooms over the real store under random use: many short lives, each with crashes, kills at some point of a command, a
 * store that fails or loses its answers, commands sent twice, a reader who comes and goes.
 *
 *   FUZZ_SEED=1234 FUZZ_RUNS=1 npx vitest run tests/fuzz/rooms.test.ts      the run that a failure names
 *
 * `FUZZ_RUNS` sets how many there are, and `FUZZ_STEPS` how long each is; a seed repeats with the same steps.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 500);
const STEPS = Number(process.env.FUZZ_STEPS ?? 24);
const FIRST_SEED = firstSeed();
/** Between two readings of the clock, so that nobody is too fast. */
const PAUSE_MS = 5_000;

describe('rooms under random use', () => {
  for (let run = 0; run < RUNS; run += 1) {
    const seed = FIRST_SEED + run;
    it(`RM15 FT30 crashes, kills, faults and repetitions lose and double nothing (seed ${seed})`, async () => {
      onTestFailed(() => {
        const again = `FUZZ_SEED=${seed} FUZZ_RUNS=1 FUZZ_STEPS=${STEPS} npx vitest run tests/fuzz/rooms.test.ts`;
        process.stderr.write(`To have this run again: ${again}\n`);
      });
      const group = await ReadingGroup.gather();
      group.now = () => (group.clock += PAUSE_MS);
      group.unsynced = true;
      await group.restart();
      try {
        const room = new RandomRoom(group, seed, STEPS);
        await room.play();
        const { found, wanted } = await room.outcome();
        expect(found).toEqual(wanted);
      } finally {
        await group.disband();
      }
    });
  }
});
