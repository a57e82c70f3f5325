import { parseArgs } from 'node:util';
import { scenes } from './scenes/scenes.ts';

/** What a run can be told. Names of scenes, and `browser`, stand for all when none is given. */
export interface Options {
  scenes: string[];
  browser: boolean;
  rounds: number;
  /** Everything small and once: shows that it works and measures nothing. */
  quick: boolean;
  /** Also shows in which functions Lectern spent its time; what is measured then is a little more. */
  profile: boolean;
}

const ROUNDS = 3;

/** Reads the command line; a wrong word is an error that names the right ones. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      scene: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const known = scenes.map(({ name }) => name);
  const asked = values.scene ?? [];
  for (const name of asked) {
    if (!known.includes(name)) throw new Error(`There is no scene ${name}. There are ${known.join(', ')}.`);
  }
  if (positionals.some((word) => word !== 'browser')) throw new Error('The only word it takes is browser.');
  const browserOnly = positionals.length > 0 && asked.length === 0;
  const rounds = Number(values.rounds ?? (values.quick ? 1 : ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1 on.');
  return {
    scenes: browserOnly ? [] : asked.length > 0 ? asked : known,
    browser: positionals.length > 0 || asked.length === 0,
    rounds,
    quick: values.quick,
    profile: values.profile,
  };
}
