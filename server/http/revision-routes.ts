import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { bringTextSchema } from '#shared/protocol/http.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { chapterIdSchema, importIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import { chapterRevisedSchema, revisionDraftSchema } from '#shared/records/revision.ts';
import { answerRefusal, answers, answerTooFast, refusesWith } from './answers.ts';
import { bodyOfABook, readBrought } from './book-routes.ts';
import { moderator } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';

const ofChapter = z.object({ room: roomIdSchema, chapter: chapterIdSchema });
const ofDraft = z.object({ room: roomIdSchema, revision: importIdSchema });

const bringRevisionRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/chapters/{chapter}/revisions',
  summary: 'Bring a new text for one chapter, as a file or as text, to see what it would move. Nothing changes yet.',
  request: {
    params: ofChapter,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.any().openapi({ type: 'string', format: 'binary' }) }),
        },
        'application/json': { schema: bringTextSchema },
      },
    },
  },
  responses: { 202: answers(revisionDraftSchema, 'The draft to poll.'), default: refusesWith },
});

const readRevisionRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/revisions/{revision}',
  summary: 'How a new text is coming along, with the preview of what it would move; for whoever brought it.',
  request: { params: ofDraft },
  responses: { 200: answers(revisionDraftSchema, 'The draft.'), default: refusesWith },
});

const publishRevisionRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/revisions/{revision}/publish',
  summary: 'Put the new text in the place of the chapter’s, and carry notes, places and the session over.',
  request: { params: ofDraft },
  responses: { 200: answers(chapterRevisedSchema, 'What was carried.'), default: refusesWith },
});

const undoRevisionRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/chapters/{chapter}/revisions/undo',
  summary: 'Publish the text that the chapter had before; notes go back to where they were.',
  request: { params: ofChapter },
  responses: { 200: answers(chapterRevisedSchema, 'What was carried.'), default: refusesWith },
});

export function addRevisionRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  // Validated by hand like the bringing in of books, and for the same reason.
  api.openAPIRegistry.registerPath(bringRevisionRoute);
  api.post('/api/rooms/:room/chapters/:chapter/revisions', bodyOfABook, async (c) => {
    const params = ofChapter.safeParse(c.req.param());
    if (!params.success) return answerRefusal(c, refuse('not-found'));
    const who = await moderator(c, services, params.data.room);
    if (!who.ok) return answerRefusal(c, who);
    const chapter = await who.room.chapter(params.data.chapter);
    if (!chapter) return answerRefusal(c, refuse('not-found'));
    const admission = services.doors.imports.take(who.room.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const brought = await readBrought(c);
    if (brought === null) return answerRefusal(c, refuse('malformed'));
    if (brought.bytes.length > UPLOAD_MAX_BYTES) return answerRefusal(c, refuse('file-too-large'));
    if (brought.bytes.length === 0) return answerRefusal(c, refuse('file-empty'));
    return c.json(services.revisions.add(who.room, who.member.id, chapter, brought), 202);
  });

  api.openapi(readRevisionRoute, async (c) => {
    const { room, revision } = c.req.valid('param');
    const who = await moderator(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const draft = services.revisions.find(revision, who.member.id);
    return draft ? c.json(draft, 200) : answerRefusal(c, refuse('not-found'));
  });

  api.openapi(publishRevisionRoute, async (c) => {
    const { room, revision } = c.req.valid('param');
    const who = await moderator(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const ready = services.revisions.ready(revision, who.member.id, room);
    if (!ready) return answerRefusal(c, refuse('not-found'));
    const published = await who.room.revisions.publish(who.member.id, ready);
    return published.ok ? c.json(published.revised, 200) : answerRefusal(c, published);
  });

  api.openapi(undoRevisionRoute, async (c) => {
    const { room, chapter } = c.req.valid('param');
    const who = await moderator(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const undone = await who.room.revisions.undo(who.member.id, chapter);
    return undone.ok ? c.json(undone.revised, 200) : answerRefusal(c, undone);
  });
}
