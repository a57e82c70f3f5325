import { chownSync, copyFileSync, constants, existsSync, linkSync, mkdirSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable-error.ts';
import { HISTORY_DOCUMENT } from '../store.ts';
import { contentsOf } from './back-up.ts';
import type { Contents } from './back-up.ts';
import { copyDatabase, syncFile, syncFolderOf } from './copy-database.ts';
import { inspectDatabase } from './inspect-database.ts';
import { lockDatabase, refuseForeignFile } from './open-database.ts';

export interface RestoreOptions {
  /** Hears the part that is copied, from 0 to 1. */
  onProgress: (done: number) => void;
  signal: AbortSignal;
  now: Date;
}

export interface Restored extends Contents {
  /** Where the store is now that was there before. */
  movedTo: string | null;
}

/**
 * Puts a backup in the place of the store. What was there is moved aside under a dated name, its log with it, and at no
 * moment is there no store. Rejects with `StoreUnusableError`, and has changed nothing, while a server has the store, or
 * when the backup is damaged, of another program or of a newer version.
 */
export async function restore(from: string, file: string, options: RestoreOptions): Promise<Restored> {
  if (!existsSync(from)) throw new StoreUnusableError(`There is no file ${from}.`);
  if (existsSync(file) && realpathSync(from) === realpathSync(file)) {
    throw new StoreUnusableError(`${from} is the store itself.`);
  }
  mkdirSync(dirname(file), { recursive: true });
  const unlock = lockDatabase(file);
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    refuseUnlessRoomFile(from);
    await copyDatabase(from, part, (done) => {
      options.signal.throwIfAborted();
      options.onProgress(done);
    });
    beginNewLineages(part);
    const contents = contentsOf(part);
    if (!contents) throw new StoreUnusableError(`${from} could not be copied whole.`);
    syncFile(part);
    const owner = statSync(existsSync(file) ? file : dirname(file));
    const movedTo = moveAside(file, options.now);
    renameSync(part, file);
    syncFolderOf(file);
    for (const path of [file, `${file}.lock`]) giveTo(owner, path);
    return { ...contents, movedTo };
  } catch (error) {
    if (error instanceof StoreUnusableError || options.signal.aborted) throw error;
    throw new StoreUnusableError(`${from} could not be restored: ${reason(error)}.`, { cause: error });
  } finally {
    rmSync(part, { force: true });
    unlock();
  }
}

function refuseUnlessRoomFile(from: string): void {
  refuseForeignFile(from);
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    const found = inspectDatabase(database);
    if (found.kind === 'ours') return;
    if (found.kind === 'newer') {
      throw new StoreUnusableError(
        `${from} was written by a newer Lectern (schema ${found.version}). Install that one.`,
      );
    }
    throw new StoreUnusableError(
      found.kind === 'damaged' ? `${from} is damaged. Take an earlier backup.` : `${from} is not a backup of a room.`,
    );
  } finally {
    database.close();
  }
}

/**
 * Browsers keep copies of documents that go on from where the backup stops, and updates that come to both under one
 * lineage would contradict each other. Under a new one every copy is fetched anew. Margins and notes are built from their
 * rows when they are opened next; any other document goes on as it is. One that was empty has no row and no lineage yet,
 * so the store gets one as well.
 */
function beginNewLineages(file: string): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  try {
    database.exec(`
      begin;
      delete from documents where document glob 'margin:*' or document glob 'notes:*';
      insert into documents (document, lineage, snapshot) values ('${HISTORY_DOCUMENT}', '', null)
        on conflict do nothing;
      update documents set lineage = lower(hex(randomblob(10)));
      commit;
    `);
  } finally {
    database.close();
  }
}

/** Keeps file and log under a dated name, openable as they were. The file itself stays until another takes its name. */
function moveAside(file: string, now: Date): string | null {
  const log = `${file}-wal`;
  if (!existsSync(file) && !existsSync(log)) return null;
  const aside = `${file}.replaced-${now.toISOString().replaceAll(':', '').slice(0, 17)}Z`;
  if (existsSync(file)) linkOrCopy(file, aside);
  if (existsSync(log)) renameSync(log, `${aside}-wal`);
  // The index of the log, which SQLite makes anew.
  rmSync(`${file}-shm`, { force: true });
  return aside;
}

function linkOrCopy(file: string, to: string): void {
  try {
    linkSync(file, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // Some file systems have no links.
    copyFileSync(file, to, constants.COPYFILE_EXCL);
    syncFile(to);
  }
}

/** Root may restore what another user's server is to open. */
function giveTo({ uid, gid }: { uid: number; gid: number }, path: string): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
