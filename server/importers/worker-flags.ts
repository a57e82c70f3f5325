import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMPORT_MEMORY_MAX_MB } from '#server/limits.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The code that the worker is made of. A folder may be a link to where it really is, and Node asks for both. */
const folders = ['server', 'shared', 'node_modules'].flatMap((name) => {
  const folder = join(ROOT, name);
  return [...new Set([folder, realpathSync(folder)])];
});

/**
 * What Node is told when it starts an import worker. It writes nothing, starts nothing, and reads no file of the house but
 * code, its store least of all (Node's permission model); addons are allowed for the decoder of pictures.
 */
export const workerFlags: readonly string[] = [
  `--max-old-space-size=${IMPORT_MEMORY_MAX_MB}`,
  '--permission',
  '--allow-addons',
  '--disable-warning=SecurityWarning',
  ...folders.map((folder) => `--allow-fs-read=${join(folder, '/')}`),
  `--allow-fs-read=${join(ROOT, 'package.json')}`,
];
