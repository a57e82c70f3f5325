import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { Outcome, TestOutcome } from './outcome.ts';
import { ran } from './ran.ts';

const suiteSchema = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      ok: z.boolean(),
      tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(z.object({ message: z.string() })) })) })),
    }),
  ),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/**
 * Builds the pages, unless they were built from these sources, and runs the tests of one file of Playwright whose titles
 * match.
 */
export async function inBrowser(dir: string, test: string, titles: string): Promise<Outcome> {
  const report = join(dir, 'guards-report.json');
  await rm(report, { force: true });
  const built = await ran(dir, [join('scripts', 'build.mjs')], process.env);
  if (built.code !== 0) return { broke: built.said };
  const playwright = join('node_modules', '@playwright', 'test', 'cli.js');
  const chosen = [test, '--grep', titles, '--workers=1', '--reporter=json'];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { said } = await ran(dir, [playwright, 'test', ...chosen], env);
  const raw = await readFile(report, 'utf8').catch(() => null);
  if (raw === null) return { broke: said };
  const { suites, errors } = reportSchema.parse(JSON.parse(raw));
  const tests = suites.flatMap(outcomesIn);
  return tests.length === 0 ? { broke: errors[0]?.message ?? said } : { tests };
}

function outcomesIn({ specs, suites = [] }: z.infer<typeof suiteSchema>): TestOutcome[] {
  const own = specs.map(({ title, ok, tests }) => ({ title, failure: ok ? null : messagesOf(tests) }));
  return [...own, ...suites.flatMap(outcomesIn)];
}

const messagesOf = (tests: z.infer<typeof suiteSchema>['specs'][number]['tests']): string =>
  tests
    .flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message)))
    .map(stripVTControlCharacters)
    .join('\n');
