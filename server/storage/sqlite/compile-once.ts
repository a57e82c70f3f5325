import { CompiledQuery } from 'kysely';
import type { Compilable, Kysely, QueryResult } from 'kysely';
import type { Tables } from './tables.ts';

/** Stands in a statement for a value that is known only when it is run. */
class Slot {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

type Values = Record<string, string | number | null | Uint8Array>;

/**
 * A statement that Kysely builds and compiles when it is first run, and never again: that takes it longer than running
 * the statement takes SQLite, and these are run for every command. Whatever `build` makes of its values must depend on
 * their keys alone. A function for each statement: give it the database or a transaction.
 */
export function compileOnce<Given extends Values, Row>(
  build: (db: Kysely<Tables>, values: Given) => Compilable<Row>,
): (db: Kysely<Tables>, values: Given) => Promise<QueryResult<Row>> {
  let compiled: { sql: string; parameters: readonly unknown[] } | null = null;
  return (db, values) => {
    compiled ??= build(db, slotsFor(values)).compile();
    const { sql, parameters } = compiled;
    const filled = parameters.map((one) => (one instanceof Slot ? values[one.key] : one));
    return db.executeQuery<Row>(CompiledQuery.raw(sql, filled));
  };
}

function slotsFor<Given extends Values>(values: Given): Given {
  return Object.fromEntries(Object.keys(values).map((key) => [key, new Slot(key)])) as unknown as Given;
}
