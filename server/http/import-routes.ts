import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { importIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import type { ImportId } from '#shared/records/ids.ts';
import { chapterPlacesSchema, importPlanSchema, importSchema } from '#shared/records/import.ts';
import { chapterPlaces } from '#server/importers/preview-import.ts';
import { PLAN_MAX_BYTES } from '#server/limits.ts';
import { answerRefusal, answers, refusesWith, takes } from './answers.ts';
import { bodySize } from './body-size.ts';
import { putOnShelf } from './bring-in.ts';
import { visitor } from './context.ts';
import type { ApiContext, ApiEnv, ApiServices } from './context.ts';
import { pictureAnswer } from './picture-answer.ts';

const ofImport = z.object({ import: importIdSchema });

const listImportsRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/imports',
  summary: 'What the asker brings in to this room, the oldest first; of nobody else.',
  request: { params: z.object({ room: roomIdSchema }) },
  responses: {
    200: answers(z.object({ imports: z.array(importSchema) }), 'The imports of the asker.'),
    default: refusesWith,
  },
});

const readImportRoute = createRoute({
  method: 'get',
  path: '/api/imports/{import}',
  summary: 'How an import is coming along, with its preview when it is read; for whoever brought it.',
  request: { params: ofImport },
  responses: { 200: answers(importSchema, 'The import.'), default: refusesWith },
});

const readPlacesRoute = createRoute({
  method: 'get',
  path: '/api/imports/{import}/chapters/{chapter}/places',
  summary: 'Where a chapter of a preview (by its index) can be split.',
  request: { params: ofImport.extend({ chapter: z.coerce.number().int().nonnegative() }) },
  responses: { 200: answers(chapterPlacesSchema, 'The places, in the order of the text.'), default: refusesWith },
});

const readCoverRoute = createRoute({
  method: 'get',
  path: '/api/imports/{import}/cover',
  summary: 'The picture of the cover that a preview has.',
  request: { params: ofImport },
  responses: {
    200: { description: 'The picture.', content: { 'image/webp': { schema: z.string() } } },
    default: refusesWith,
  },
});

const shelveRoute = createRoute({
  method: 'post',
  path: '/api/imports/{import}/shelve',
  summary: 'Make a book of a preview, as the plan says, and put it on the shelf. Asked twice it is done once.',
  request: { params: ofImport, body: takes(importPlanSchema) },
  responses: { 200: answers(importSchema, 'The import, with its book.'), default: refusesWith },
});

const dropImportRoute = createRoute({
  method: 'delete',
  path: '/api/imports/{import}',
  summary:
    'Let an import go: cancel it while it waits or is read, or discard what was read. One that has yet to come is `not-found`, and is refused when it comes.',
  request: { params: ofImport },
  responses: { 200: answers(z.object({ ok: z.literal(true) }), 'It is gone.'), default: refusesWith },
});

/** The imports of a room's members, each for whoever brought it. */
export function addImportRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  /** An import of the asker's own; others learn nothing about it. */
  const own = async (c: ApiContext, id: ImportId) => {
    const found = services.imports.find(id);
    if (!found) return refuse('not-found') satisfies Refusal;
    const who = await visitor(c, services, found.room);
    if (!who.ok) return who;
    return who.member.id === found.member ? { ...who, found } : refuse('not-found');
  };

  api.openapi(listImportsRoute, async (c) => {
    const who = await visitor(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    return c.json({ imports: services.imports.of(who.room.id, who.member.id) }, 200);
  });

  api.openapi(readImportRoute, async (c) => {
    const mine = await own(c, c.req.valid('param').import);
    return mine.ok ? c.json(mine.found.view, 200) : answerRefusal(c, mine);
  });

  api.openapi(readPlacesRoute, async (c) => {
    const { import: id, chapter } = c.req.valid('param');
    const mine = await own(c, id);
    if (!mine.ok) return answerRefusal(c, mine);
    const blocks = mine.found.draft?.book.chapters[chapter]?.blocks;
    return blocks ? c.json({ places: chapterPlaces(blocks) }, 200) : answerRefusal(c, refuse('not-found'));
  });

  api.openapi(readCoverRoute, async (c) => {
    const mine = await own(c, c.req.valid('param').import);
    if (!mine.ok) return answerRefusal(c, mine);
    const { about, pictures = [] } = mine.found.draft?.book ?? {};
    const cover = pictures.find(({ hash }) => hash === about?.cover);
    return cover ? pictureAnswer(c, cover) : answerRefusal(c, refuse('not-found'));
  });

  api.use('/api/imports/:import/shelve', bodySize(PLAN_MAX_BYTES, 'too-long'));
  api.openapi(shelveRoute, async (c) => {
    const { import: id } = c.req.valid('param');
    const mine = await own(c, id);
    if (!mine.ok) return answerRefusal(c, mine);
    const plan = c.req.valid('json');
    const shelved = await services.imports.shelve(id, (draft) =>
      putOnShelf(mine.room, mine.member.id, draft, plan, services.now()),
    );
    return shelved.ok ? c.json(shelved.import, 200) : answerRefusal(c, shelved);
  });

  api.openapi(dropImportRoute, async (c) => {
    const { import: id } = c.req.valid('param');
    // It may be on its way still, and who has its id is who sent it.
    if (services.imports.find(id) === null) services.imports.drop(id);
    const mine = await own(c, id);
    if (!mine.ok) return answerRefusal(c, mine);
    return services.imports.drop(id)
      ? c.json({ ok: true as const }, 200)
      : answerRefusal(c, refuse('too-fast', 'It is being put on the shelf at this moment.'));
  });
}
