import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRoom } from './house.ts';
import type { Measure, Scene } from './scene.ts';
import type { Contestant } from './server-under-test.ts';
import type { Effort } from './stage.ts';

export interface Job {
  scene: string;
  contestant: Contestant;
  house: BenchRoom[];
  dataDir: string;
  quick: boolean;
  profile: boolean;
}

export interface Outcome {
  measures: Measure[];
  /** Deliveries that never came. */
  lost: number;
  effort: Effort;
  functions: string[];
}

/** A furnished house on disk, from which each run gets a copy of its own. */
export interface Furnished {
  template: string;
  house: BenchRoom[];
}

interface Settings {
  quick: boolean;
  profile: boolean;
  folder: string;
}

/** Plays a scene once on one server: the load generator is a process of its own, and starts the server as another. */
export async function play(
  scene: Scene,
  contestant: Contestant,
  furnished: Furnished,
  settings: Settings,
): Promise<Outcome> {
  const dataDir = join(settings.folder, 'run');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  await cp(furnished.template, dataDir, { recursive: true });
  const { quick, profile } = settings;
  const generator = fork(new URL('run.ts', import.meta.url), [], { execArgv: [], serialization: 'advanced' });
  const outcome = answerOf(generator);
  generator.send({ scene: scene.name, contestant, house: furnished.house, dataDir, quick, profile } satisfies Job);
  try {
    return await outcome;
  } finally {
    generator.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function answerOf(generator: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    generator.once('message', (outcome) => resolve(outcome as Outcome));
    generator.once('error', reject);
    generator.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
  });
}
