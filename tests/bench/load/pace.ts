import { Seeded } from '#tests/support/seeded.ts';

const MS = 1_000;
const LEAD_MS = 20;
/** Nothing has come for this long: what is missing is lost. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 20;

/** Moments at which people who know nothing of each other act, `perSecond` together: in bunches and with gaps (Poisson). */
export function atRandom(perSecond: number, seconds: number, seed: number): number[] {
  const seeded = new Seeded(seed);
  const moments: number[] = [];
  for (let at = 0; ; moments.push(at)) {
    at += (-Math.log(1 - seeded.next()) / perSecond) * MS;
    if (at >= seconds * MS) return moments;
  }
}

/** The same number of moments at even distances. */
export const evenly = (perSecond: number, seconds: number): number[] =>
  Array.from({ length: Math.floor(perSecond * seconds) }, (_, index) => ((index + 1) / perSecond) * MS);

/** Moments from now on, with a little time to get ready. */
export const fromNow = (moments: readonly number[]): number[] => {
  const start = performance.now() + LEAD_MS;
  return moments.map((moment) => start + moment);
};

/** Acts at each of these moments. Who is late acts at once, and the delay counts: what was planned does not wait. */
export async function pace(due: readonly number[], act: (index: number) => void): Promise<void> {
  for (let index = 0; index < due.length;) {
    const now = performance.now();
    const moment = due[index] ?? now;
    if (moment <= now) {
      act(index);
      index += 1;
    } else await new Promise((resolve) => setTimeout(resolve, moment - now));
  }
}

/** Waits until `count` has come to `expected`, or has not grown for long; says how many are missing. */
export async function arrived(count: () => number, expected: number): Promise<number> {
  let seen = count();
  let since = performance.now();
  while (count() < expected && performance.now() - since < PATIENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (count() === seen) continue;
    seen = count();
    since = performance.now();
  }
  return Math.max(0, expected - count());
}
