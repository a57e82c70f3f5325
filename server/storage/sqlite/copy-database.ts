import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** 4 MB at a time: few turns for a large file, and progress to tell. */
const STEP_PAGES = 1_000;

/**
 * Copies a whole database, as it is at this moment, into a file of its own that needs no log beside it. The copy is not
 * looked at and not on disk yet: `inspectDatabase` and `syncFile` are the caller's. `onStep` hears the part that is done,
 * from 0 to 1; what it throws ends the copying.
 *
 * SQLite begins such a copy anew whenever another process writes, so that under load it would never end. The copy is
 * therefore read inside one transaction: it sees one moment, and a server that writes on is not held up by it. What that
 * server writes meanwhile stays in its log until the copy is done.
 */
export async function copyDatabase(from: string, to: string, onStep: (done: number) => void): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    source.exec('begin');
    // The transaction begins with the first read.
    source.prepare('select count(*) from sqlite_schema').get();
    await backup(source, to, {
      rate: STEP_PAGES,
      progress: ({ totalPages, remainingPages }) => onStep(1 - remainingPages / totalPages),
    });
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(to);
  try {
    copy.exec('pragma journal_mode = delete');
  } finally {
    copy.close();
  }
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the names in this file's folder durable. Windows has no such thing and needs none. */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dirname(path), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
