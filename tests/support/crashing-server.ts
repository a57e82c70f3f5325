import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isComplaint, type RestartableServer, spawnServer } from './restartable-server.ts';

/** A server that can be told at which point to die; see `crash-points.ts`. */
export interface CrashingServer extends RestartableServer {
  /** From now on it lives through so many points and dies at the next; null lets it live. */
  dieAt(points: number | null): Promise<void>;
  /** Resolves with what it was about to do when it died. */
  died(): Promise<string>;
  /** Forgets what it has read of its store. */
  forget(): Promise<void>;
  /** Resolves with the exit code of a server that ended by itself, and all that it said. */
  ended(): Promise<{ code: number | null; said: string }>;
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
    dataDir: folder,
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
      // At an early point it may be dead before its answer is out.
      await Promise.race([once(running.child, 'message'), gone]);
    },
    async died() {
      await gone;
      return readFile(join(folder, 'died-before'), 'utf8');
    },
    async forget() {
      running.child.send({ forget: join(folder, 'lectern.sqlite') });
      await once(running.child, 'message');
    },
    async ended() {
      await gone;
      return { code: running.child.exitCode, said: output.join('') };
    },
    complaints: () => output.join('').split('\n').filter(isComplaint),
    async close() {
      await kill(running.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
