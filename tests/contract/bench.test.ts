import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish } from '#tests/bench/furnish.ts';
import { play } from '#tests/bench/play.ts';
import { readOptions } from '#tests/bench/options.ts';
import { scenes } from '#tests/bench/scenes/scenes.ts';

/** A server and a load generator start for each run. */
const TIMEOUT_MS = 240_000;

describe('the bench', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(scenes.map((scene) => [scene.name, scene] as const))(
    'OP80 everything arrives, and every figure is one: %s',
    async (name, scene) => {
      const template = join(folder, name);
      const house = await furnish(template, scene.needs(true));
      for (const contestant of scene.contestants) {
        const settings = { quick: true, profile: false, folder };
        const { lost, measures } = await play(scene, contestant, { template, house }, settings);
        expect({ contestant, lost }).toEqual({ contestant, lost: 0 });
        expect(measures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
      }
    },
    TIMEOUT_MS,
  );

  it('OP81 a scene that does not exist is answered with those that do', () => {
    expect(() => readOptions(['--scene', 'storm'])).toThrow(/no scene storm.*readers-20/u);
    expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds');
    expect(readOptions(['browser'])).toMatchObject({ scenes: [], browser: true });
    expect(readOptions(['--scene', 'joins'])).toMatchObject({ scenes: ['joins'], browser: false });
  });
});
