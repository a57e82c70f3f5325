import type { BenchRoom, Needs } from './house.ts';
import type { Contestant } from './server-under-test.ts';
import type { Stage } from './stage.ts';

/** One figure of one run. */
export interface Measure {
  name: string;
  value: number;
  /** What is better. A ratio above 1 of what should be more is a lead. */
  better: 'less' | 'more';
}

export interface Scene {
  name: string;
  title: string;
  /** Who can play it. */
  contestants: readonly Contestant[];
  /** What the house holds beforehand; `quick` is a smoke run that only shows that everything works. */
  needs(quick: boolean): Needs;
  play(stage: Stage, house: BenchRoom[]): Promise<Measure[]>;
}

export const least = (name: string, value: number): Measure => ({ name, value, better: 'less' });
export const most = (name: string, value: number): Measure => ({ name, value, better: 'more' });
