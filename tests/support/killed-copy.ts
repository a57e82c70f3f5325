import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Leaves in `folder` what a process killed at this moment would leave of its store. What was written to a file is the
 * system's and survives the process, so a copy made between two writes is the same as a kill between them.
 */
export function copyAsKilled(file: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, 'rooms.sqlite');
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  return copy;
}
