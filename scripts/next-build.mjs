import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packPages } from './pack-pages.mjs';
import { inProject } from './project.mjs';
import { runOrFail } from './run.mjs';
import { say } from './say.mjs';

/** All that the build reads of ours. */
const sources = [
  'app',
  'components',
  'shared',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/pack-pages.mjs',
];

/** Builds the pages, unless they were built from exactly these sources. */
export async function ensureBuilt(node) {
  const stampFile = inProject('.next', 'lectern-sources');
  const before = hashOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === before) return;
  say('building the pages; this happens once, and again when their sources change …');
  await runOrFail('Building the pages', node, [inProject('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  say('compressing them …');
  await packPages();
  // Next completes tsconfig.json on its first run, so what is stamped is what it left.
  writeFileSync(stampFile, hashOfSources());
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(inProject(source))) hash.update(file).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
