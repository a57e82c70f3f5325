import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Store } from '../store.ts';
import type { StoreUnusableError } from '../store-unusable-error.ts';
import { CommitQueue } from './commit-queue.ts';
import { DamageWatch } from './damage-watch.ts';
import { deviceQueries } from './device-queries.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openDatabase } from './open-database.ts';
import { padQueries } from './pad-queries.ts';
import { pictureQueries } from './picture-queries.ts';
import { purge } from './purge.ts';
import { readMargin } from './read-margin.ts';
import { roomQueries } from './room-queries.ts';
import { roomRow } from './rows.ts';
import type { Tables } from './tables.ts';
import { writeInvite, writeMember } from './write-change.ts';

/**
 * Opens the store in this SQLite file, making file and folder where there are none. Rejects with `StoreUnusableError`
 * when the file is damaged, foreign, newer than this code, or in use by another server. `onDamage` hears of damage that
 * shows later; from then on every method rejects.
 */
export async function openSqliteStore(
  file: string,
  onDamage: (error: StoreUnusableError) => void = () => undefined,
): Promise<Store> {
  const { database, unlock } = openDatabase(file);
  const watch = new DamageWatch(file, onDamage);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database, watch) });
  // A long margin is read over some time and at one moment; with a connection of its own nobody's commit waits for it.
  const reader = new DatabaseSync(file, { readOnly: true });
  const reading = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reader, watch, 'begin') });
  const commits = new CommitQueue(db);
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    await commits.settled();
    await reading.destroy();
    await db.destroy();
    // Kysely closes only a database that it has used. The one that writes goes last: it folds the log into the file.
    for (const one of [reader, database]) if (one.isOpen) one.close();
    unlock();
  }

  return {
    ...roomQueries(db),
    ...deviceQueries(db),
    ...padQueries(db),
    ...pictureQueries(db),

    margin: (room, chapter) => readMargin(reading, room, chapter),

    close: () => (closing ??= close()),

    async ping() {
      await sql`select 1`.execute(db);
    },

    async createRoom(room, host, invites) {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('rooms')
          .values({ ...roomRow(room), seq: 0, stamped_at: room.createdAt })
          .execute();
        await writeMember(trx, room.id, host);
        for (const invite of invites) await writeInvite(trx, room.id, invite);
      });
    },

    commit: (...batch) => (closing ? Promise.reject(new Error('The store is closed.')) : commits.add(batch)),

    async document(document) {
      return db.transaction().execute(async (trx) => {
        const stored = await trx
          .selectFrom('documents')
          .select(['lineage', 'snapshot'])
          .where('document', '=', document)
          .executeTakeFirst();
        if (!stored) return null;
        const updates = await trx
          .selectFrom('document_updates')
          .select('bytes')
          .where('document', '=', document)
          .orderBy('seq')
          .execute();
        return { lineage: stored.lineage, snapshot: stored.snapshot, updates: updates.map(({ bytes }) => bytes) };
      });
    },

    async replaceDocument(document, lineage, snapshot, rest = []) {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('documents')
          .values({ document, lineage, snapshot })
          .onConflict((conflict) => conflict.column('document').doUpdateSet({ lineage, snapshot }))
          .execute();
        await trx.deleteFrom('document_updates').where('document', '=', document).execute();
        for (const bytes of rest) await trx.insertInto('document_updates').values({ document, bytes }).execute();
      });
    },

    purge: (before, commandsBefore) => purge(db, before, commandsBefore, () => closing === null),
  };
}
