import { defineConfig } from 'vitest/config';

const project = (name: string) => ({ test: { name, include: [`tests/${name}/**/*.test.ts`] } });

export default defineConfig({
  test: {
    // Processes rather than threads: contract tests open real ports and stores. Two, as the smallest machine has two cores.
    pool: 'forks',
    maxWorkers: 2,
    // Longer than anything should take on a busy machine; no test measures time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [project('unit'), project('contract'), project('fuzz')].map((one) => ({
      extends: true as const,
      ...one,
    })),
  },
});
