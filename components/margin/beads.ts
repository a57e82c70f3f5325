import { type Thread, wordsIn } from './threads.ts';

/** Notes whose lines are too near to each other for a finger share one count. */
export interface Bead {
  /** Baseline in px of the rail. */
  at: number;
  threads: readonly Thread[];
  /** Notes and replies together. */
  count: number;
}

/** Groups notes (in reading order, each with its baseline) into beads at least `apart` px from one another. */
export function beadsOf(placed: readonly { thread: Thread; at: number }[], apart: number): Bead[] {
  const beads: { at: number; threads: Thread[]; count: number }[] = [];
  for (const { thread, at } of placed) {
    const last = beads.at(-1);
    const count = Math.max(1, wordsIn(thread));
    if (last !== undefined && at - last.at < apart) {
      last.threads.push(thread);
      last.count += count;
    } else beads.push({ at, threads: [thread], count });
  }
  return beads;
}
