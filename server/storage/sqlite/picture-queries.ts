import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { BookId, RoomId } from '#shared/records/ids.ts';
import type { Store } from '../store.ts';
import type { Tables } from './tables.ts';

type PictureQueries = Pick<Store, 'addPicture' | 'picture' | 'pictureBytes'>;

/** Everything of the store about pictures. */
export function pictureQueries(db: Kysely<Tables>): PictureQueries {
  return {
    async addPicture(room, book, picture, at) {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('pictures')
          .values({ room, ...picture })
          .onConflict((conflict) => conflict.columns(['room', 'hash']).doNothing())
          .execute();
        await trx
          .insertInto('book_pictures')
          .values({ room, book, hash: picture.hash, added_at: at })
          .onConflict((conflict) => conflict.columns(['room', 'book', 'hash']).doNothing())
          .execute();
      });
    },

    async picture(room, hash) {
      const row = await db
        .selectFrom('pictures')
        .select(['hash', 'type', 'width', 'height', 'bytes'])
        .where('room', '=', room)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row ?? null;
    },

    async pictureBytes(room) {
      const { held } = await db
        .selectFrom('pictures')
        .select(sql<number>`coalesce(sum(octet_length(bytes)), 0)`.as('held'))
        .where('room', '=', room)
        .executeTakeFirstOrThrow();
      return held;
    },
  };
}

/** Lets go of a book's pictures; those that no other book of the room has are dropped. */
export async function dropPicturesOf(trx: Kysely<Tables>, room: RoomId, book: BookId): Promise<void> {
  await trx.deleteFrom('book_pictures').where('room', '=', room).where('book', '=', book).execute();
  await dropUnused(trx, room);
}

/** Drops pictures of books that were to come before this time and never did: their import broke off in between. */
export async function dropPicturesWithoutBook(trx: Kysely<Tables>, before: number): Promise<void> {
  await sql`
    delete from book_pictures where added_at < ${before}
      and not exists (select 1 from books where books.room = book_pictures.room and books.id = book_pictures.book)
  `.execute(trx);
  await dropUnused(trx, null);
}

async function dropUnused(trx: Kysely<Tables>, room: RoomId | null): Promise<void> {
  await sql`
    delete from pictures where ${room === null ? sql`true` : sql`room = ${room}`}
      and not exists (select 1 from book_pictures where book_pictures.room = pictures.room and book_pictures.hash = pictures.hash)
  `.execute(trx);
}
