import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as scenes } from './reading-room.ts';

/** The whole server as a user starts it, on a store of its own, that can be killed and started again at the same address. */
export interface KillableServer {
  origin: string;
  dataDir: string;
  start(): Promise<void>;
  /** `kill -9`: nothing is said goodbye to. */
  kill(): Promise<void>;
}

/** Scenes on a server of their own, for tests that put it out. */
export const test = scenes.extend<{ server: KillableServer }>({
  // Playwright reads a fixture's needs from this pattern; this one needs nothing.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lectern-killed-'));
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    let child: ChildProcess | null = null;
    const server: KillableServer = {
      origin,
      dataDir,
      async start() {
        child = spawn(process.execPath, ['server/index.ts'], {
          env: {
            ...process.env,
            NODE_ENV: 'production',
            HOST: 'localhost',
            PORT: String(port),
            DATA_DIR: dataDir,
            LOG_LEVEL: 'warn',
          },
          stdio: 'ignore',
        });
        await answers(`${origin}/readyz`, child);
      },
      async kill() {
        if (child === null) return;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
        child = null;
      },
    };
    await server.start();
    await use(server);
    await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  },
  baseURL: async ({ server }, use) => use(server.origin),
});

async function answers(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server ended with ${child.exitCode}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
