import { spawn } from 'node:child_process';

/** Far longer than any test has patience. */
const STUCK_MS = 600_000;

/** Runs Node in a folder to its end, or until it counts as stuck. */
export function ran(
  dir: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString('utf8')).slice(-2_000);
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), STUCK_MS);
    const end = () => child.kill('SIGTERM');
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve({ code, said });
    });
  });
}
