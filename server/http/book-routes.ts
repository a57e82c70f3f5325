import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { bringTextSchema } from '#shared/protocol/http.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { bookSchema, chapterSchema } from '#shared/records/book.ts';
import { bookIdSchema, chapterIdSchema, importIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import { importSchema } from '#shared/records/import.ts';
import { FILE_NAME_MAX_CHARS, WRAPPING_MAX_BYTES } from '#server/limits.ts';
import { answerRefusal, answers, answerTooFast, refusesWith } from './answers.ts';
import { bodySize } from './body-size.ts';
import { visitor } from './context.ts';
import type { ApiContext, ApiEnv, ApiServices } from './context.ts';
import type { Brought } from './imports.ts';

const inRoom = z.object({ room: roomIdSchema });
/** Under which id the import goes, so that who sends it can let it go without having heard the answer. */
const underId = z.object({ import: importIdSchema.optional() });

export const bodyOfABook = bodySize(UPLOAD_MAX_BYTES * 2 + WRAPPING_MAX_BYTES, 'file-too-large');

const bringBookRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/books',
  summary: 'Bring a book or chapter in, as a file or as text. It is read in the background, to be looked over.',
  request: {
    params: inRoom,
    query: underId,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({
            file: z.any().openapi({ type: 'string', format: 'binary' }),
          }),
        },
        'application/json': { schema: bringTextSchema },
      },
    },
  },
  responses: { 202: answers(importSchema, 'The import to poll.'), default: refusesWith },
});

const readBookRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/books/{book}',
  summary: 'A book with its table of contents.',
  request: { params: inRoom.extend({ book: bookIdSchema }) },
  responses: { 200: answers(bookSchema, 'The book.'), default: refusesWith },
});

const readChapterRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/chapters/{chapter}',
  summary: 'A chapter as blocks. Its text never changes under its hash, which is the ETag.',
  request: { params: inRoom.extend({ chapter: chapterIdSchema }) },
  responses: {
    200: answers(chapterSchema, 'The chapter.'),
    304: { description: 'The copy that the asker has is the chapter as it stands.' },
    default: refusesWith,
  },
});

export function addBookRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  // Validated by hand below: the body has two forms, and the library would read a file into its schema twice.
  api.openAPIRegistry.registerPath(bringBookRoute);
  api.post('/api/rooms/:room/books', bodyOfABook, async (c) => {
    const params = inRoom.safeParse(c.req.param());
    if (!params.success) return answerRefusal(c, refuse('not-found'));
    const query = underId.safeParse(c.req.query());
    if (!query.success) return answerRefusal(c, refuse('malformed'));
    const who = await visitor(c, services, params.data.room);
    if (!who.ok) return answerRefusal(c, who);
    const may = who.room.mayAddBooks(who.member.id);
    if (!may.ok) return answerRefusal(c, may);
    const admission = services.doors.imports.take(who.room.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const brought = await readBrought(c);
    if (brought === null) return answerRefusal(c, refuse('malformed'));
    if (brought.bytes.length > UPLOAD_MAX_BYTES) return answerRefusal(c, refuse('file-too-large'));
    if (brought.bytes.length === 0) return answerRefusal(c, refuse('file-empty'));
    // Whoever went away meanwhile does not wait for it.
    if (c.req.raw.signal.aborted) return answerRefusal(c, refuse('import-failed'));
    const queued = services.imports.add(who.room.id, who.member.id, brought, query.data.import);
    return queued.ok ? c.json(queued.import, 202) : answerRefusal(c, queued);
  });

  api.openapi(readBookRoute, async (c) => {
    const { room, book } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const found = who.room.books().find((one) => one.id === book);
    return found ? c.json(found, 200) : answerRefusal(c, refuse('not-found'));
  });

  api.openapi(readChapterRoute, async (c) => {
    const { room, chapter } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const found = await who.room.chapter(chapter);
    if (!found) return answerRefusal(c, refuse('not-found'));
    const etag = `"${found.hash}-${found.id}"`;
    c.header('ETag', etag);
    // Asked again each time, because who was removed must not read on from a cache they share.
    c.header('Cache-Control', 'private, no-cache');
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    return c.json(found, 200);
  });
}

/** What a request brings: a file, or text that says what it is. Null when it is neither. */
export async function readBrought(c: ApiContext): Promise<Brought | null> {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await c.req.formData().catch(() => null);
    const file = form?.get('file');
    if (!(file instanceof File)) return null;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { bytes, fileName: file.name.slice(0, FILE_NAME_MAX_CHARS) || null, format: null, title: null };
  }
  if (!type.startsWith('application/json')) return null;
  const body = bringTextSchema.safeParse(await c.req.json().catch(() => null));
  if (!body.success) return null;
  const { text, format, title } = body.data;
  return { bytes: new TextEncoder().encode(text), fileName: null, format, title: title ?? null };
}
