import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The fuzz of `npm test`, for much longer. */
const fuzzes = [
  { file: 'rooms', runs: 1_000, steps: 120, of: 'rooms over the store, with kills at some point of a command' },
  {
    file: 'authority',
    runs: 200,
    steps: 0,
    of: 'rooms beside the model of who may do what, one in twenty over sockets',
  },
  { file: 'room-server', runs: 40, steps: 0, of: 'rooms over the server, killed or dying in every second one' },
] as const;

/** Throws when one fails; what failed, and the command to have it again, has been printed by then. */
export async function soakFuzz(): Promise<string[]> {
  const lines: string[] = [];
  for (const { file, runs, steps, of } of fuzzes) {
    const begin = performance.now();
    const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', `tests/fuzz/${file}.test.ts`, '--reporter=dot'], {
      env: { ...process.env, FUZZ_RUNS: String(runs), ...(steps > 0 ? { FUZZ_STEPS: String(steps) } : {}) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`the fuzz of ${of} failed`);
    const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
    lines.push(
      `${runs.toLocaleString('en')} ${of}${steps > 0 ? `, ${steps} steps each` : ''}: none failed (${minutes} min)`,
    );
  }
  return lines;
}
