import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { AddressHolds } from '#server/doors/address-holds.ts';
import type { Deadlines } from '#server/doors/deadlines.ts';
import type { DoorRates } from '#server/doors/doors.ts';
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/start-server.ts';
import type { RunningServer } from '#server/start-server.ts';
import type { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';

export interface TestServer extends RunningServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  dataDir: string;
  /** Every log line so far. */
  logLines(): string[];
}

export interface TestServerOptions {
  /** Continues with what an earlier server left; the folder is then the caller's to remove. */
  dataDir?: string;
  pages?: boolean;
  rates?: Partial<DoorRates>;
  holds?: Partial<AddressHolds>;
  deadlines?: Partial<Deadlines>;
  env?: Record<string, string>;
  now?: () => number;
  openStore?: typeof openSqliteStore;
}

/** A real server on a free port, with a store of its own in a temporary folder, and without pages unless asked. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'lectern-')));
  const read = readEnv({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...options.env });
  if (!read.ok) throw new Error(read.message);
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  const running = await startServer({
    env: read.env,
    log: createLog('debug', sink),
    pages: options.pages ?? false,
    ...(options.rates ? { rates: options.rates } : {}),
    ...(options.holds ? { holds: options.holds } : {}),
    ...(options.deadlines ? { deadlines: options.deadlines } : {}),
    ...(options.now ? { now: options.now } : {}),
    ...(options.openStore ? { openStore: options.openStore } : {}),
  });
  return {
    ...running,
    origin: `http://127.0.0.1:${running.port}`,
    dataDir,
    logLines: () => lines,
    async close() {
      await running.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
