import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  code: number | null;
  /** What it said on standard error, where the operator reads. */
  said: string;
}

/** Runs `npm run backup` or `npm run restore` as npm does, from a folder of the caller's choosing, to its end. */
export function operate(script: 'backup' | 'restore', dataDir: string, files: string[], from: string): Promise<Ended> {
  const launcher = join(import.meta.dirname, '..', '..', 'scripts', `${script}.mjs`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [launcher, ...files], {
      env: { ...process.env, DATA_DIR: dataDir, INIT_CWD: from },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}
