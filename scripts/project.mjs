import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. Every script works from there, wherever it was called from. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));

export const inProject = (...parts) => join(projectDir, ...parts);
