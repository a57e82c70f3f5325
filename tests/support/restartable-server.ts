import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './test-server.ts';

/** A real server that goes away and comes back, at another address, to what it had written. */
export interface RestartableServer {
  /** Where it keeps what it writes. */
  readonly dataDir: string;
  /** Of the server that runs now. */
  readonly origin: string;
  /** Resolves when the old one is gone and the new one listens. */
  restart(): Promise<void>;
  /** Lines of the log at `warn` and above, of all servers so far. */
  complaints(): string[];
  /** Stops it and removes what it wrote. */
  close(): Promise<void>;
}

const PINO_WARN = 40;

export const isComplaint = (line: string): boolean => {
  if (!line.startsWith('{')) return line.trim() !== '';
  return (JSON.parse(line) as { level: number }).level >= PINO_WARN;
};

/** In this process, stopped in order: everybody is sent away and what was begun is finished. */
export async function startGracefulServer(): Promise<RestartableServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-graceful-'));
  const lines: string[][] = [];
  const start = async (): Promise<TestServer> => {
    const started = await startTestServer({ dataDir });
    lines.push(started.logLines());
    return started;
  };
  let server = await start();
  return {
    dataDir,
    get origin() {
      return server.origin;
    },
    async restart() {
      await server.close();
      server = await start();
    },
    complaints: () => lines.flat().filter(isComplaint),
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * In a process of its own, stopped with SIGKILL: nothing is finished and nobody is told. What it wrote to a folder that was
 * given stays there.
 */
export async function startKillableServer(given?: string): Promise<RestartableServer & { stop(): Promise<void> }> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'lectern-killable-')));
  const output: string[] = [];
  let running = await spawnServer(dataDir, output);
  let gone = once(running.child, 'close');
  const kill = async (): Promise<void> => {
    running.child.kill('SIGKILL');
    await gone;
  };
  return {
    dataDir,
    get origin() {
      return `http://127.0.0.1:${running.port}`;
    },
    async restart() {
      await kill();
      running = await spawnServer(dataDir, output);
      gone = once(running.child, 'close');
    },
    complaints: () => output.join('').split('\n').filter(isComplaint),
    stop: kill,
    async close() {
      await kill();
      if (given === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves when the server in this process listens. */
export async function spawnServer(
  dataDir: string,
  output: string[],
  entry: 'server-process.ts' | 'crashing-process.ts' | 'stuck-process.ts' = 'server-process.ts',
): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL(entry, import.meta.url), [], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    execArgv: [],
    silent: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const port = await Promise.race([
    once(child, 'message').then(([message]) => (message as { port: number }).port),
    once(child, 'exit').then(() => null),
  ]);
  if (port === null) throw new Error(`the server did not start: ${output.join('')}`);
  return { child, port };
}
