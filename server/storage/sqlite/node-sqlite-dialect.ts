import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DamageWatch } from './damage-watch.ts';

/** More than the distinct statements this code has; a bound only against statements whose text varies. */
const STATEMENT_CACHE_MAX = 500;

type Begin = 'begin immediate' | 'begin';

/**
 * Kysely over one open `node:sqlite` database. Kysely's own SQLite dialect wants better-sqlite3, which is a native add-on
 * that has to be built; this one needs nothing. The database is closed when Kysely is destroyed. A connection that only
 * reads begins its transactions without asking for the right to write.
 */
export class NodeSqliteDialect implements Dialect {
  readonly #database: DatabaseSync;
  readonly #watch: DamageWatch;
  readonly #begin: Begin;

  constructor(database: DatabaseSync, watch: DamageWatch, begin: Begin = 'begin immediate') {
    this.#database = database;
    this.#watch = watch;
    this.#begin = begin;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#database, this.#watch, this.#begin);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #watch: DamageWatch;
  readonly #begin: Begin;
  readonly #connection: NodeSqliteConnection;
  #lastRelease: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(database: DatabaseSync, watch: DamageWatch, begin: Begin) {
    this.#database = database;
    this.#watch = watch;
    this.#begin = begin;
    this.#connection = new NodeSqliteConnection(database, watch);
  }

  async init(): Promise<void> {}

  // There is one connection. Whoever asks waits for those who asked before, so a transaction is never interleaved.
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lastRelease;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastRelease = promise;
    await before;
    this.#release = resolve;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(): Promise<void> {
    this.#watch.touch(() => this.#database.exec(this.#begin));
  }

  async commitTransaction(): Promise<void> {
    this.#watch.touch(() => this.#database.exec('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would hide the error that matters.
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }

  async destroy(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }
}

interface PreparedStatement {
  statement: StatementSync;
  returnsRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #watch: DamageWatch;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(database: DatabaseSync, watch: DamageWatch) {
    this.#database = database;
    this.#watch = watch;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#watch.touch(() => this.#execute<Row>(query));
  }

  #execute<Row>(query: CompiledQuery): QueryResult<Row> {
    const { statement, returnsRows } = this.#prepare(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming would hold the only connection; read a bounded list instead.');
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    if (this.#statements.size >= STATEMENT_CACHE_MAX) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
