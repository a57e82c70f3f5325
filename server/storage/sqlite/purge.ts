import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { dropPicturesWithoutBook } from './picture-queries.ts';
import type { Tables } from './tables.ts';

/** Rows let go before the loop has its turn again: a few milliseconds of work. An hour of a busy room leaves many thousands. */
const SLICE_ROWS = 500;

/** `Store.purge` in slices, each on disk by itself. Stops between two of them when `goesOn` says so. */
export async function purge(
  db: Kysely<Tables>,
  before: number,
  commandsBefore: number,
  goesOn: () => boolean,
): Promise<void> {
  for (const table of ['annotations', 'replies'] as const) {
    const rows = sql.table(table);
    // Written out: SQLite uses a partial index only where it sees the index's own condition.
    await inSlices(
      sql`
        update ${rows} set body = '' where arrival in (
          select arrival from ${rows}
          where deleted_at is not null and deleted_at < ${before} and body <> '' limit ${SLICE_ROWS}
        )`,
      db,
      goesOn,
    );
  }
  await inSlices(
    sql`
      delete from commands where (room, member, id) in (
        select room, member, id from commands where at < ${commandsBefore} limit ${SLICE_ROWS}
      )`,
    db,
    goesOn,
  );
  if (!goesOn()) return;
  await db.deleteFrom('device_links').where('expires_at', '<', before).execute();
  await db.transaction().execute((trx) => dropPicturesWithoutBook(trx, before));
}

async function inSlices(slice: RawBuilder<unknown>, db: Kysely<Tables>, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    const { numAffectedRows } = await slice.execute(db);
    if (numAffectedRows === undefined || numAffectedRows < SLICE_ROWS) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
