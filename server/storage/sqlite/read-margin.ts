import type { Kysely, Selectable } from 'kysely';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { StoredMargin } from '../store.ts';
import { annotationRecord, replyRecord } from './rows.ts';
import type { Tables } from './tables.ts';

/** Rows read before the loop has its turn again: a few milliseconds of work. */
const SLICE_ROWS = 500;

/**
 * Reads one chapter's margin, whatever its size, without holding the loop: in slices, and in one transaction, so that no
 * commit falls between them and a reply never lacks its thread.
 */
export async function readMargin(db: Kysely<Tables>, room: RoomId, chapter: ChapterId): Promise<StoredMargin> {
  return db.transaction().execute(async (trx) => ({
    annotations: await inSlices<Selectable<Tables['annotations']>, Annotation>(
      (after) =>
        trx
          .selectFrom('annotations')
          .selectAll()
          .where('room', '=', room)
          .where('chapter', '=', chapter)
          .where('arrival', '>', after)
          .orderBy('arrival')
          .limit(SLICE_ROWS)
          .execute(),
      annotationRecord,
    ),
    replies: await inSlices<Selectable<Tables['replies']>, Reply>(
      (after) =>
        trx
          .selectFrom('replies')
          .selectAll()
          .where('room', '=', room)
          .where('chapter', '=', chapter)
          .where('arrival', '>', after)
          .orderBy('arrival')
          .limit(SLICE_ROWS)
          .execute(),
      replyRecord,
    ),
    reactions: await inSlices(
      (after) =>
        trx
          .selectFrom('reactions')
          .select(['arrival', 'target', 'emoji', 'member'])
          .where('room', '=', room)
          .where('chapter', '=', chapter)
          .where('arrival', '>', after)
          .orderBy('arrival')
          .limit(SLICE_ROWS)
          .execute(),
      ({ target, emoji, member }) => ({ target, emoji, member }),
    ),
  }));
}

/** Reads slice after slice, each beginning after the last row's `arrival`, until one is not full. */
async function inSlices<Row extends { arrival: number }, Item>(
  read: (after: number) => Promise<Row[]>,
  parse: (row: Row) => Item,
): Promise<Item[]> {
  const items: Item[] = [];
  let after = 0;
  for (;;) {
    const rows = await read(after);
    for (const row of rows) items.push(parse(row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE_ROWS) return items;
    after = last.arrival;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
