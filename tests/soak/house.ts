import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Holding } from './server.ts';

/** A server in a process of its own. */
export interface House {
  origin: string;
  /** From the process's start until it listened, in milliseconds. */
  startedMs: number;
  holds(): Promise<Holding>;
  close(): Promise<void>;
}

export async function openHouse(dataDir: string): Promise<House> {
  const begin = performance.now();
  const child: ChildProcess = fork(new URL('server.ts', import.meta.url), [], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir },
    execArgv: ['--expose-gc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    origin: `http://127.0.0.1:${port}`,
    startedMs: performance.now() - begin,
    async holds() {
      child.send('holds');
      const [holding] = (await once(child, 'message')) as [Holding];
      return holding;
    },
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
