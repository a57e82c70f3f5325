import type { Book, Import } from '#shared/records/book.ts';
import type { RoomId } from '#shared/records/ids.ts';
import type { Visitor } from './visitor.ts';

/** Polls an import until it ended, one way or the other. */
export async function importEnded(visitor: Visitor, id: string): Promise<Import> {
  for (;;) {
    const { body } = await visitor.ask<Import>('GET', `/api/imports/${id}`);
    if (body.state === 'done' || body.state === 'failed') return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Brings a text in and answers with the book it became. */
export async function bringText(visitor: Visitor, room: RoomId, text: string): Promise<Book> {
  const queued = await visitor.ask<Import>('POST', `/api/rooms/${room}/books`, { text, format: 'text' });
  const ended = await importEnded(visitor, queued.body.id);
  return (await visitor.ask<Book>('GET', `/api/rooms/${room}/books/${ended.book}`)).body;
}
