import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Guard } from './guard.ts';

/** The same few lives each time: a guard of all of them is missed in one of the first. */
const FUZZ = { FUZZ_SEED: '1', FUZZ_RUNS: '20' };
/** Far longer than any test has patience. */
const STUCK_MS = 600_000;

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

/** A test that ran; `failure` is null when it passed. */
export interface TestOutcome {
  title: string;
  failure: string | null;
}

/** What became of some tests of one file; `broke` says why none of them could be run. */
export type Outcome = { broke: string } | { tests: TestOutcome[] };

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** Whether this test is one of those that must notice when the guard is gone. */
export const isAbout = (guard: Guard, id: string, title: string): boolean =>
  new RegExp(String.raw`^(?:[A-Z]{2}\d+ )*${id}\b`, 'u').test(title) && title.includes(guard.title ?? '');

/** Runs those tests of one file, in a tree, that are about any of these guards, which all name that file. */
export async function runTests(dir: string, test: string, guards: readonly Guard[]): Promise<Outcome> {
  const report = join(dir, 'guards-report.json');
  await rm(report, { force: true });
  const names = guards.flatMap(({ ids, title }) =>
    ids.map((id) => String.raw`\b${id}\b${title === undefined ? '' : `.*${escaped(title)}`}`),
  );
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const reporting = ['--reporter=json', `--outputFile.json=${report}`];
  const chosen = [test, '--project', test.split('/')[1] ?? '', '-t', [...new Set(names)].join('|')];
  const said = await ran(dir, [vitest, 'run', ...chosen, ...reporting]);
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

/** To its end, or until it counts as stuck. Resolves with the last that it said. */
function ran(dir: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: dir,
      env: { ...FUZZ, ...process.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString('utf8')).slice(-2_000);
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), STUCK_MS);
    const end = () => child.kill('SIGTERM');
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve(said);
    });
  });
}
