import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Store } from '../store.ts';
import { padVersionRecord } from './rows.ts';
import type { Tables } from './tables.ts';

type PadQueries = Pick<
  Store,
  'documentClients' | 'claimClients' | 'forgetClients' | 'padVersions' | 'padVersionSizes' | 'padVersion'
>;

const versionColumns = ['id', 'cause', 'title', 'author', 'created_at'] as const;

/** What only pads need of the store: whose client ids are, and versions. Their text is a document like any other. */
export function padQueries(db: Kysely<Tables>): PadQueries {
  return {
    async documentClients(document) {
      return db
        .selectFrom('document_clients')
        .select(['client', 'member'])
        .where('document', '=', document)
        .orderBy('client')
        .execute();
    },

    async claimClients(document, clients) {
      await db
        .insertInto('document_clients')
        .values(clients.map(({ client, member }) => ({ document, client, member })))
        .onConflict((conflict) => conflict.columns(['document', 'client']).doNothing())
        .execute();
    },

    async forgetClients(document, clients) {
      await db
        .deleteFrom('document_clients')
        .where('document', '=', document)
        .where('client', 'in', [...clients])
        .execute();
    },

    async padVersions(room, book) {
      const rows = await db
        .selectFrom('pad_versions')
        .select(versionColumns)
        .where('room', '=', room)
        .where('book', '=', book)
        .orderBy('arrival', 'desc')
        .execute();
      return rows.map(padVersionRecord);
    },

    async padVersionSizes(room, book) {
      return db
        .selectFrom('pad_versions')
        .select(['id', 'cause', sql<number>`octet_length(content)`.as('bytes')])
        .where('room', '=', room)
        .where('book', '=', book)
        .orderBy('arrival', 'desc')
        .execute();
    },

    async padVersion(room, book, version) {
      const row = await db
        .selectFrom('pad_versions')
        .select([...versionColumns, 'content'])
        .where('room', '=', room)
        .where('book', '=', book)
        .where('id', '=', version)
        .executeTakeFirst();
      return row ? { ...padVersionRecord(row), book, content: row.content } : null;
    },
  };
}
