import { existsSync, mkdirSync, readFileSync, readSync, openSync, closeSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable-error.ts';
import { APPLICATION_ID, inspectDatabase } from './inspect-database.ts';
import { logIsDamaged } from './log-damage.ts';
import { migrations } from './migrations.ts';

const SQLITE_MAGIC = 'SQLite format 3\0';
/** A server that is being replaced may still be closing. */
const LOCK_WAIT_MS = 1_000;
/** Another program may hold the file for a moment. */
const BUSY_WAIT_MS = 5_000;
/** While the server runs nothing else happens in such a wait, and clients send again what was refused. */
const BUSY_WAIT_RUNNING_MS = 500;
/** 16 MB of log between checkpoints: the pages that every commit touches are then copied back once for many commits. */
const CHECKPOINT_PAGES = 4_000;
/** A log that grew under a long reader (a backup) is cut back to this once it has been copied into the file. */
const LOG_KEPT_BYTES = 64_000_000;
const CACHE_KIBIBYTES = 32_000;

export interface OpenDatabase {
  database: DatabaseSync;
  /** Lets another server have the file. */
  unlock: () => void;
}

/**
 * Opens a room file for this process alone, checks it and brings its schema up to date. Throws `StoreUnusableError` when
 * the file is damaged, is something else, was written by a newer version or is in use: never starts empty beside it.
 */
export function openDatabase(file: string): OpenDatabase {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreUnusableError(`The folder of ${file} cannot be made: ${reason(error)}.`, { cause: error });
  }
  const unlock = lockDatabase(file);
  let database: DatabaseSync | null = null;
  try {
    refuseForeignFile(file);
    refuseDamagedLog(file);
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_WAIT_MS });
    checkAndMigrate(database, file);
    return { database, unlock };
  } catch (error) {
    database?.close();
    unlock();
    if (error instanceof StoreUnusableError) throw error;
    if (reason(error).includes('locked')) {
      throw new StoreUnusableError(`${file} is held by another program. Close that one first.`, { cause: error });
    }
    throw new StoreUnusableError(`${file} cannot be opened: ${reason(error)}. Restore it from a backup.`, {
      cause: error,
    });
  }
}

/**
 * The lock is a SQLite lock on a file of its own. The system frees it when the process ends, however it ends, and the
 * room file itself stays readable for a backup while the server runs.
 */
export function lockDatabase(file: string): () => void {
  let holder: DatabaseSync | null = null;
  try {
    holder = new DatabaseSync(`${file}.lock`, { timeout: LOCK_WAIT_MS });
    holder.exec('begin exclusive');
  } catch (error) {
    holder?.close();
    if (reason(error).includes('locked')) {
      throw new StoreUnusableError(`${file} is in use by another Lectern server. Stop that one first.`, {
        cause: error,
      });
    }
    throw new StoreUnusableError(`${file}.lock cannot be made: ${reason(error)}.`, { cause: error });
  }
  const held = holder;
  return () => held.close();
}

/** Throws where a file cannot be a database, or is the empty shell of one whose log is still there. */
export function refuseForeignFile(file: string): void {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size === 0) {
    // SQLite would throw such a log away, and with it whatever was written last.
    if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) {
      throw new StoreUnusableError(
        `${file} is missing or empty, but its log ${file}-wal is there. Put the file back, or move the log away.`,
      );
    }
    return;
  }
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (head.toString('latin1') !== SQLITE_MAGIC) {
    throw new StoreUnusableError(
      `${file} is not a room file, or is damaged. Restore it from a backup, or move it away.`,
    );
  }
}

function refuseDamagedLog(file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log) || !logIsDamaged(readFileSync(log))) return;
  throw new StoreUnusableError(
    `${log}, the log of ${file}, is damaged, and what was written last would be lost. Restore both from a backup.`,
  );
}

function checkAndMigrate(database: DatabaseSync, file: string): void {
  const found = inspectDatabase(database);
  if (found.kind === 'damaged') {
    throw new StoreUnusableError(`${file} is damaged. Restore it from a backup, or move it away.`);
  }
  if (found.kind === 'foreign') {
    throw new StoreUnusableError(`${file} is the database of another program. Choose another DATA_DIR.`);
  }
  if (found.kind === 'newer') {
    throw new StoreUnusableError(
      `${file} was written by a newer Lectern (schema ${found.version}; this one knows ${migrations.length}). Start that version.`,
    );
  }
  // Deleted words are overwritten, on pages that became free too: it takes no time that could be measured.
  // FULL: in WAL mode NORMAL may lose the last commits when the power goes, and those were acknowledged.
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};
    pragma journal_size_limit = ${LOG_KEPT_BYTES};
    pragma cache_size = -${CACHE_KIBIBYTES};
    pragma secure_delete = on;
    pragma busy_timeout = ${BUSY_WAIT_RUNNING_MS};
  `);
  migrate(database, found.kind === 'blank' ? 0 : found.version);
}

/** Takes each step that is missing in a transaction of its own, together with the number that records it. */
function migrate(database: DatabaseSync, from: number): void {
  for (const [index, step] of migrations.entries()) {
    if (index < from) continue;
    database.exec('begin immediate');
    try {
      database.exec(step);
      database.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${index + 1}`);
      database.exec('commit');
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
