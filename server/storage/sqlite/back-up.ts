import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BACKUP_LOG_GROWTH_MAX_BYTES } from '#server/limits.ts';
import { StoreUnusableError } from '../store-unusable-error.ts';
import { copyDatabase, syncFile, syncFolderOf } from './copy-database.ts';
import { inspectDatabase } from './inspect-database.ts';

export interface BackUpOptions {
  /** Hears the part that is copied, from 0 to 1. */
  onProgress: (done: number) => void;
  /** Aborted when whoever asked for it has changed their mind; nothing is left behind then. */
  signal: AbortSignal;
  logGrowthMaxBytes?: number;
}

export interface Contents {
  bytes: number;
  rooms: number;
  notes: number;
}

/**
 * Copies the store into one file, while a server writes to it or not, and says what is in the copy. All that was
 * acknowledged before the call is in it. The name appears only when the copy is whole, checked and on disk. Rejects with
 * `StoreUnusableError` where that cannot be: no store, a damaged one, a name that is taken, a full disk.
 */
export async function backUp(file: string, target: string, options: BackUpOptions): Promise<Contents> {
  const { onProgress, signal, logGrowthMaxBytes = BACKUP_LOG_GROWTH_MAX_BYTES } = options;
  if (!existsSync(file)) throw new StoreUnusableError(`There is no room file at ${file}. Is DATA_DIR the server's?`);
  if (existsSync(target)) throw new StoreUnusableError(`${target} is there already and is left as it is.`);
  if (!existsSync(dirname(target))) throw new StoreUnusableError(`There is no folder ${dirname(target)}.`);
  const part = `${target}.part`;
  const log = `${file}-wal`;
  const logBefore = sizeOf(log);
  try {
    rmSync(part, { force: true });
    await copyDatabase(file, part, (done) => {
      signal.throwIfAborted();
      if (sizeOf(log) - logBefore > logGrowthMaxBytes) {
        throw new StoreUnusableError(
          `The server's log grew by more than ${Math.round(logGrowthMaxBytes / 1_000_000)} MB meanwhile. Back up to a faster disk.`,
        );
      }
      onProgress(done);
    });
    const contents = contentsOf(part);
    if (!contents) throw new StoreUnusableError(`${file} is damaged, and so is its copy. Keep your earlier backups.`);
    syncFile(part);
    if (existsSync(target)) throw new StoreUnusableError(`${target} came to be meanwhile and is left as it is.`);
    renameSync(part, target);
    syncFolderOf(target);
    return contents;
  } catch (error) {
    if (error instanceof StoreUnusableError || signal.aborted) throw error;
    throw new StoreUnusableError(`${file} could not be copied to ${target}: ${reason(error)}.`, { cause: error });
  } finally {
    rmSync(part, { force: true });
  }
}

/** Null when it is no sound room file. */
export function contentsOf(file: string): Contents | null {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    if (inspectDatabase(database).kind !== 'ours') return null;
    const count = (table: 'rooms' | 'annotations'): number =>
      Number(database.prepare(`select count(*) as n from ${table}`).get()?.n);
    return { bytes: statSync(file).size, rooms: count('rooms'), notes: count('annotations') };
  } finally {
    database.close();
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
