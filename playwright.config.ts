import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// Workers read this file again: what was chosen once travels to them in the environment.
process.env.LECTERN_E2E_PORT ??= String(await freePort());
process.env.LECTERN_E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'lectern-e2e-'));
const origin = `http://localhost:${process.env.LECTERN_E2E_PORT}`;
const chromium = process.env.LECTERN_CHROMIUM ?? process.env.CHROMIUM_PATH;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Longer than anything should take on a busy machine of two cores; no test measures time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: origin,
    trace: 'retain-on-failure',
    actionTimeout: 30_000,
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      // Chromium's sandbox cannot run as root, and /dev/shm is small in containers.
      args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
  webServer: {
    command: `"${process.execPath}" server/index.ts`,
    url: `${origin}/readyz`,
    reuseExistingServer: false,
    stdout: 'ignore',
    env: {
      NODE_ENV: 'production',
      HOST: 'localhost',
      PORT: process.env.LECTERN_E2E_PORT,
      DATA_DIR: process.env.LECTERN_E2E_DATA_DIR,
      LOG_LEVEL: 'warn',
    },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
