import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Outcome } from './outcome.ts';
import { ran } from './ran.ts';

/** The same few lives each time: a guard of all of them is missed in one of the first. */
const FUZZ = { FUZZ_SEED: '1', FUZZ_RUNS: '20' };

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Runs the tests of one file of Vitest whose titles match; `stopsAtFailure` where one that fails says it all. */
export async function inNode(dir: string, test: string, titles: string, stopsAtFailure: boolean): Promise<Outcome> {
  const report = join(dir, 'guards-report.json');
  await rm(report, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const reporting = ['--reporter=json', `--outputFile.json=${report}`];
  const chosen = [test, '--project', test.split('/')[1] ?? '', '-t', titles, ...(stopsAtFailure ? ['--bail=1'] : [])];
  const { said } = await ran(dir, [vitest, 'run', ...chosen, ...reporting], { ...FUZZ, ...process.env });
  const raw = await readFile(report, 'utf8').catch(() => null);
  if (raw === null) return { broke: said };
  const [file] = reportSchema.parse(JSON.parse(raw)).testResults;
  if (!file || file.assertionResults.length === 0) return { broke: file?.message ?? said };
  const tests = file.assertionResults
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ title, status, failureMessages }) => ({
      title,
      failure: status === 'passed' ? null : (failureMessages?.join('\n') ?? ''),
    }));
  return { tests };
}
