import { existsSync, readFileSync } from 'node:fs';
import { inProject } from './project.mjs';
import { runOrFail } from './run.mjs';
import { say } from './say.mjs';

/**
 * Installs what package-lock.json names, if that is not what node_modules holds. npm writes node_modules/.package-lock.json
 * as its last act, so an install that was cut short counts as none.
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('installing what Lectern needs (npm ci); this happens once, and again when the list of packages changes …');
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  // Under `npm run`, the npm that called us and the Node it runs on are known; node_modules/.bin/node is about to be replaced.
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith('.js')) {
    await runOrFail('Installing', process.env.npm_node_execpath ?? process.execPath, [npmScript, ...args]);
  } else {
    await runOrFail('Installing', process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  }
}

function isInstalled() {
  const installedFile = inProject('node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}
