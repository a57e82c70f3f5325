import { CompiledQuery } from 'kysely';
import type { Kysely } from 'kysely';
import type { Commit } from '../store.ts';
import type { Tables } from './tables.ts';
import { writeCommit } from './write-commit.ts';

/** Rooms written in one go: enough to share the cost of one sync to disk, few enough to hold the loop only briefly. */
const BATCH_MAX = 64;

const savepoint = CompiledQuery.raw('savepoint one_room');
const rollBack = CompiledQuery.raw('rollback to one_room');
const release = CompiledQuery.raw('release one_room');

interface Waiting {
  commits: readonly Commit[];
  resolve: (seq: number) => void;
  reject: (error: unknown) => void;
}

type Outcome = { seq: number } | { error: unknown };

/**
 * What rooms commit in the same turn of the loop shares one transaction and one sync to disk (group commit, as databases
 * do it), each room behind its own savepoint, so that one that fails takes no other with it. A promise resolves only after
 * the shared transaction is on disk.
 */
export class CommitQueue {
  readonly #db: Kysely<Tables>;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Resolves with the commit number of the last one once all are durable; rejects when nothing of them was written. */
  add(commits: readonly Commit[]): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ commits, resolve, reject });
    this.#working ??= this.#work();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // The other messages of this turn of the loop join the batch.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#writeBatch(this.#waiting.splice(0, BATCH_MAX));
    }
    this.#working = null;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#db.transaction().execute((trx) => writeAll(trx, batch));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome && 'seq' in outcome) resolve(outcome.seq);
        else reject(outcome?.error);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

async function writeAll(trx: Kysely<Tables>, batch: readonly Waiting[]): Promise<Outcome[]> {
  const [only, another] = batch;
  // Alone it needs no savepoint: if it fails, the transaction leaves nothing of it.
  if (only && !another) return [{ seq: await writeCommits(trx, only.commits) }];
  const written: Outcome[] = [];
  for (const { commits } of batch) {
    await trx.executeQuery(savepoint);
    try {
      written.push({ seq: await writeCommits(trx, commits) });
    } catch (error) {
      // A full disk has ended the whole transaction, savepoints and all: then that is the error to tell.
      await trx.executeQuery(rollBack).catch(() => Promise.reject(error));
      written.push({ error });
    }
    await trx.executeQuery(release);
  }
  return written;
}

async function writeCommits(trx: Kysely<Tables>, commits: readonly Commit[]): Promise<number> {
  let seq = 0;
  for (const commit of commits) seq = await writeCommit(trx, commit);
  return seq;
}
