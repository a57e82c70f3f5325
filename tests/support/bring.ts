import { makeBook } from '#server/importers/make-book.ts';
import type { Book } from '#shared/records/book.ts';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import { planOf } from '#shared/records/import.ts';
import type { Import, ImportPlan } from '#shared/records/import.ts';
import type { TestServer } from './test-server.ts';
import type { Visitor } from './visitor.ts';

/** Polls an import until it is read, or is refused. */
export async function importRead(visitor: Visitor, id: string): Promise<Import> {
  for (;;) {
    const { body } = await visitor.ask<Import>('GET', `/api/imports/${id}`);
    if (body.state !== 'waiting' && body.state !== 'reading') return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until an import is read and puts it on the shelf, as it is but for these changes; or answers how it failed. */
export async function shelved(visitor: Visitor, id: string, changes: Partial<ImportPlan> = {}): Promise<Import> {
  const read = await importRead(visitor, id);
  if (read.preview === null) return read;
  const plan = { ...planOf(read.preview), ...changes };
  return (await visitor.ask<Import>('POST', `/api/imports/${id}/shelve`, plan)).body;
}

/** Brings a text in over HTTP and answers with the book it became. */
export async function bringText(visitor: Visitor, room: RoomId, text: string): Promise<Book> {
  const queued = await visitor.ask<Import>('POST', `/api/rooms/${room}/books`, { text, format: 'text' });
  const { book } = await shelved(visitor, queued.body.id);
  return (await visitor.ask<Book>('GET', `/api/rooms/${room}/books/${book}`)).body;
}

/** Puts a chapter of these paragraphs on the shelf, without the worker that reading a file takes. */
export async function putBook(server: TestServer, room: RoomId, member: MemberId, paragraphs: string[]): Promise<Book> {
  const live = await server.services.rooms.open(room);
  const blocks = paragraphs.map((text) => ({ type: 'paragraph' as const, text, marks: [], quoteDepth: 0 }));
  const draft = {
    title: 'A chapter',
    author: null,
    language: 'en',
    direction: 'ltr' as const,
    chapters: [{ title: 'A chapter', blocks }],
  };
  const details = { format: 'text' as const, addedBy: member, addedAt: Date.now(), fallbackTitle: 'A chapter' };
  const { book, chapters } = makeBook(draft, details);
  const added = await live?.addBook(member, book, chapters);
  if (!added?.ok) throw new Error('the book was refused');
  return added.book;
}
