import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './next-build.mjs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { findNode } from './runtime.mjs';
import { giveUp, say } from './say.mjs';

const resultsDir = inProject('test-results');
const vitestFile = inProject('test-results', 'vitest.json');
const playwrightFile = inProject('test-results', 'playwright.json');

try {
  await ensureInstalled();
  const node = findNode();
  await ensureBuilt(node);
  const browser = await ensureBrowser(node);
  rmSync(resultsDir, { recursive: true, force: true });
  mkdirSync(resultsDir, { recursive: true });
  const env = {
    ...process.env,
    PATH: `${inProject('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    LECTERN_CHROMIUM: browser,
    NEXT_TELEMETRY_DISABLED: '1',
  };

  say('running the unit, contract and fuzz tests …');
  const vitest = [inProject('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=dot', '--reporter=json'];
  const vitestCode = await run(node, [...vitest, `--outputFile.json=${vitestFile}`], env);

  say(`running the end-to-end tests with ${browser} …`);
  const playwright = [inProject('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=line,json'];
  const playwrightEnv = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightFile };
  const playwrightCode = await run(node, playwright, playwrightEnv);

  const totals = [vitestTotals(), playwrightTotals()];
  const sum = (key) => totals.reduce((all, one) => all + one[key], 0);
  const failed = sum('failed');
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped\n`);
  process.exit(vitestCode !== 0 || playwrightCode !== 0 || failed > 0 ? 1 : 0);
} catch (error) {
  giveUp(error);
}

/** Without a report the whole run counts as one failure: nothing was shown to work. */
function vitestTotals() {
  if (!existsSync(vitestFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(vitestFile, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function playwrightTotals() {
  if (!existsSync(playwrightFile)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, errors } = JSON.parse(readFileSync(playwrightFile, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}
