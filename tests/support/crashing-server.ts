import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isComplaint, type RestartableServer, spawnServer } from './restartable-server.ts';

/** A server that can be told at which point to die; see `crash-points.ts`. */
export interface CrashingServer extends RestartableServer {
  readonly file: string;
  /** From now on it lives through so many points and dies at the next; null lets it live. */
  dieAt(points: number | null): Promise<void>;
  /** Resolves with what it was about to do when it died. */
  died(): Promise<string>;
}

/** On a folder of its own, or on what lies in `dataDir`, which is removed at the end all the same. */
export async function startCrashingServer(dataDir?: string): Promise<CrashingServer> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'lectern-crashing-')));
  const output: string[] = [];
  let running = await spawnServer(folder, output, 'crashing-process.ts');
  let gone = once(running.child, 'close');
  const kill = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return {
    file: join(folder, 'lectern.sqlite'),
    get origin() {
      return `http://127.0.0.1:${running.port}`;
    },
    async restart() {
      await kill(running.child);
      running = await spawnServer(folder, output, 'crashing-process.ts');
      gone = once(running.child, 'close');
    },
    async dieAt(points) {
      running.child.send({ dieAt: points });
      await once(running.child, 'message');
    },
    async died() {
      await gone;
      return readFile(join(folder, 'died-before'), 'utf8');
    },
    complaints: () => output.join('').split('\n').filter(isComplaint),
    async close() {
      await kill(running.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
