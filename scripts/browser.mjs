import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium for the tests: the one that CHROMIUM_PATH names, one that is installed, Playwright's own, or whichever of
 * Debian's package and Playwright's download this machine can get.
 */
export async function ensureBrowser(node) {
  const found = findBrowser(node);
  if (found) return found;
  if (process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get')) {
    say('no Chromium here; installing the package chromium …');
    await run('apt-get', ['update', '-q']);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-core'], env);
    const installed = findBrowser(node);
    if (installed) return installed;
  }
  say('no Chromium here; downloading the one of Playwright …');
  await run(node, [inProject('node_modules', 'playwright', 'cli.js'), 'install', 'chromium']);
  const downloaded = findBrowser(node);
  if (downloaded) return downloaded;
  throw new Error('The tests need Chromium, and none could be had. Install one and name it in CHROMIUM_PATH.');
}

function findBrowser(node) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  return usualPlaces.find((path) => existsSync(path)) ?? playwrightBrowser(node);
}

function playwrightBrowser(node) {
  const question = "import { chromium } from 'playwright'; process.stdout.write(chromium.executablePath())";
  try {
    const path = execFileSync(node, ['--input-type=module', '-e', question], { cwd: inProject(), encoding: 'utf8' });
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
