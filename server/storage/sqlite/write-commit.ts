import type { Transaction } from 'kysely';
import type { Commit, DocumentUpdate } from '../store.ts';
import type { Tables } from './tables.ts';
import { writeChange } from './write-change.ts';

/** Writes one commit inside the caller's transaction and returns the room's new commit number. Throws to undo it all. */
export async function writeCommit(trx: Transaction<Tables>, commit: Commit): Promise<number> {
  const { room, command, at } = commit;
  const counted = await trx
    .updateTable('rooms')
    .set((set) => ({ seq: set('seq', '+', 1) }))
    .where('id', '=', room)
    .returning('seq')
    .executeTakeFirst();
  if (!counted) throw new Error(`There is no room ${room}.`);
  for (const change of commit.changes) await writeChange(trx, room, at, change);
  for (const update of commit.documents) await writeDocumentUpdate(trx, update);
  if (command) {
    await trx
      .insertInto('commands')
      .values({ room, ...command, seq: counted.seq, at })
      .execute();
  }
  return counted.seq;
}

async function writeDocumentUpdate(trx: Transaction<Tables>, update: DocumentUpdate): Promise<void> {
  const { document, lineage } = update;
  const stored = await trx
    .selectFrom('documents')
    .select('lineage')
    .where('document', '=', document)
    .executeTakeFirst();
  if (!stored) {
    await trx.insertInto('documents').values({ document, lineage, snapshot: null }).execute();
  } else if (stored.lineage !== lineage) {
    throw new Error(`Document ${document} has lineage ${stored.lineage}; this update belongs to ${lineage}.`);
  }
  await trx.insertInto('document_updates').values({ document, bytes: update.update }).execute();
}
