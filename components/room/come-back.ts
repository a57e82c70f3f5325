const FIRST_MS = 500;
const LONGEST_MS = 8_000;

/**
 * How long to wait before the next try to connect, in milliseconds: longer each time, and never the same for everybody,
 * because a server that starts again had all its readers leave in the same moment. `tries` are those that failed since
 * the last connection, `chance` is a number from 0 to 1.
 */
export function comeBackAfter(tries: number, chance = Math.random()): number {
  return Math.min(FIRST_MS * 2 ** tries, LONGEST_MS) * (0.5 + chance);
}
