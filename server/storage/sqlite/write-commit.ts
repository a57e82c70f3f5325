import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CommandId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { Commit, DocumentUpdate } from '../store.ts';
import { compileOnce } from './compile-once.ts';
import type { Tables } from './tables.ts';
import { writeChange } from './write-change.ts';

const countUp = compileOnce((db, { room, at }: { room: RoomId; at: number }) =>
  db
    .updateTable('rooms')
    .set((set) => ({ seq: set('seq', '+', 1), stamped_at: sql<number>`max(stamped_at, ${at})` }))
    .where('id', '=', room)
    .returning('seq'),
);

interface CommandRow extends Record<string, string | number> {
  room: RoomId;
  member: MemberId;
  id: CommandId;
  kind: string;
  digest: string;
  seq: number;
  at: number;
}
const insertCommand = compileOnce((db, row: CommandRow) => db.insertInto('commands').values(row));

const selectLineage = compileOnce((db, { document }: { document: string }) =>
  db.selectFrom('documents').select('lineage').where('document', '=', document),
);

const insertUpdate = compileOnce((db, row: { document: string; bytes: Uint8Array }) =>
  db.insertInto('document_updates').values(row),
);

/** Writes one commit inside the caller's transaction and returns the room's new commit number. Throws to undo it all. */
export async function writeCommit(trx: Kysely<Tables>, commit: Commit): Promise<number> {
  const { room, command, at } = commit;
  const counted = (await countUp(trx, { room, at })).rows[0];
  if (!counted) throw new Error(`There is no room ${room}.`);
  for (const change of commit.changes) await writeChange(trx, room, at, change);
  for (const update of commit.documents) await writeDocumentUpdate(trx, update);
  if (command) await insertCommand(trx, { room, ...command, seq: counted.seq, at });
  return counted.seq;
}

async function writeDocumentUpdate(trx: Kysely<Tables>, { document, lineage, update }: DocumentUpdate): Promise<void> {
  const stored = (await selectLineage(trx, { document })).rows[0];
  if (!stored && document.startsWith('pad:')) {
    // A pad is made when it is first opened; without a row its book has left the shelf, and nothing may bring it back.
    throw new Error(`There is no document ${document}.`);
  } else if (!stored) {
    await trx.insertInto('documents').values({ document, lineage, snapshot: null }).execute();
  } else if (stored.lineage !== lineage) {
    throw new Error(`Document ${document} has lineage ${stored.lineage}; this update belongs to ${lineage}.`);
  }
  await insertUpdate(trx, { document, bytes: update });
}
