import { DatabaseSync } from 'node:sqlite';

/** Databases of this process by their file, remembered as soon as anything was done with them. */
const opened = new Map<string, DatabaseSync>();

// oxlint-disable-next-line typescript/unbound-method -- called on the object that it was taken from
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execAndRemember(sql) {
  const file = this.location();
  if (file !== null) opened.set(file, this);
  return exec.call(this, sql);
};

/** The connection that a store of this process has to its file. */
export function connectionTo(file: string): DatabaseSync {
  const database = opened.get(file);
  if (!database?.isOpen) throw new Error(`nobody has ${file} open`);
  return database;
}

/** Moves all pages into the file and forgets them, so that the next reading is from the disk. */
export function forgetPages(file: string): void {
  connectionTo(file).exec('pragma wal_checkpoint(truncate); pragma cache_size = 1; pragma shrink_memory');
}
