import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** 'LECT' in ASCII, in the header of the file: tells a room file from any other SQLite database. */
export const APPLICATION_ID = 0x4c454354;

export type Inspection =
  /** A room file that this code can read; its schema may be older. */
  | { kind: 'ours'; version: number }
  /** Nothing was ever written to it. */
  | { kind: 'blank' }
  | { kind: 'damaged' }
  | { kind: 'foreign' }
  | { kind: 'newer'; version: number };

/** Reads the whole file to see whether it is sound, then says what it is. */
export function inspectDatabase(database: DatabaseSync): Inspection {
  const problems = database.prepare('pragma quick_check(1)').all();
  if (problems.length !== 1 || Object.values(problems[0] ?? {})[0] !== 'ok') return { kind: 'damaged' };
  const applicationId = pragmaNumber(database, 'application_id');
  const version = pragmaNumber(database, 'user_version');
  if (applicationId !== APPLICATION_ID) {
    const tables = database.prepare('select count(*) as n from sqlite_schema').get()?.n;
    return applicationId === 0 && version === 0 && tables === 0 ? { kind: 'blank' } : { kind: 'foreign' };
  }
  return version > migrations.length ? { kind: 'newer', version } : { kind: 'ours', version };
}

function pragmaNumber(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  const value = database.prepare(`pragma ${name}`).get()?.[name];
  if (typeof value !== 'number') throw new Error(`pragma ${name} gave no number`);
  return value;
}
