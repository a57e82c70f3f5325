import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Commit } from '../store.ts';
import type { Tables } from './tables.ts';
import { writeCommit } from './write-commit.ts';

/** Commits written in one go: enough to share the cost of one sync to disk, few enough to hold the loop only briefly. */
const BATCH_MAX_COMMITS = 64;

interface Waiting {
  commit: Commit;
  resolve: (seq: number) => void;
  reject: (error: unknown) => void;
}

type Outcome = { seq: number } | { error: unknown };

/**
 * Commits that arrive in the same turn of the loop share one transaction and one sync to disk (group commit, as databases
 * do it), each behind its own savepoint, so that one that fails takes no other with it. A promise resolves only after
 * the shared transaction is on disk.
 */
export class CommitQueue {
  readonly #db: Kysely<Tables>;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Resolves with the room's new commit number once it is durable; rejects when nothing of it was written. */
  add(commit: Commit): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ commit, resolve, reject });
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
      await this.#writeBatch(this.#waiting.splice(0, BATCH_MAX_COMMITS));
    }
    this.#working = null;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#db.transaction().execute(async (trx) => {
        const written: Outcome[] = [];
        for (const { commit } of batch) {
          await sql`savepoint one_commit`.execute(trx);
          try {
            written.push({ seq: await writeCommit(trx, commit) });
          } catch (error) {
            await sql`rollback to one_commit`.execute(trx);
            written.push({ error });
          }
          await sql`release one_commit`.execute(trx);
        }
        return written;
      });
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
