import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import {
  namePadVersionSchema,
  padDoneSchema,
  padSchema,
  padVersionContentSchema,
  padVersionsSchema,
  quoteInPadSchema,
} from '#shared/protocol/pad.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { bookIdSchema, padVersionIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import type { BookId, RoomId } from '#shared/records/ids.ts';
import type { Visitor } from '#server/doors/visitor.ts';
import type { RoomPad } from '#server/rooms/rooms.ts';
import { answerRefusal, answers, refusesWith, takes } from './answers.ts';
import { visitor } from './context.ts';
import type { ApiContext, ApiEnv, ApiServices } from './context.ts';
import { quotationOf } from './quotation.ts';

const ofBook = z.object({ room: roomIdSchema, book: bookIdSchema });
const ofVersion = ofBook.extend({ version: padVersionIdSchema });
const done = { 200: answers(padDoneSchema, 'It is done, and on disk.'), default: refusesWith };

const readRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/books/{book}/pad',
  summary: 'The room’s club notes on a book, as plain blocks. They are written over `/sync/{room}/pad/{book}`.',
  request: { params: ofBook },
  responses: { 200: answers(padSchema, 'What the pad says.'), default: refusesWith },
});

const versionsRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/books/{book}/pad/versions',
  summary: 'Versions of a pad, newest first: named by people, and kept by the server.',
  request: { params: ofBook },
  responses: { 200: answers(padVersionsSchema, 'The versions, without what they say.'), default: refusesWith },
});

const nameRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/books/{book}/pad/versions',
  summary: 'Keep what the pad says now as a version under a title.',
  request: { params: ofBook, body: takes(namePadVersionSchema) },
  responses: done,
});

const versionRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/books/{book}/pad/versions/{version}',
  summary: 'What the pad said then.',
  request: { params: ofVersion },
  responses: { 200: answers(padVersionContentSchema, 'The version and its blocks.'), default: refusesWith },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/api/rooms/{room}/books/{book}/pad/versions/{version}',
  summary: 'Take a version away for good: who named it may, and hosts and co-hosts.',
  request: { params: ofVersion },
  responses: done,
});

const restoreRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/books/{book}/pad/versions/{version}/restore',
  summary: 'Make the pad say what it said then, by new edits; what it says now is kept as a version.',
  request: { params: ofVersion },
  responses: done,
});

const quoteRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/books/{book}/pad/quotations',
  summary: 'Quote a passage of the book at the end of its pad, with where it comes from and the way back.',
  request: { params: ofBook, body: takes(quoteInPadSchema) },
  responses: done,
});

export function addPadRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  const open = async (c: ApiContext, asked: { room: RoomId; book: BookId }): Promise<Opened | Refusal> => {
    const who = await visitor(c, services, asked.room);
    if (!who.ok) return who;
    const pad = await who.room.pad(asked.book);
    return pad ? { ...who, pad } : refuse('not-found');
  };

  api.openapi(readRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    return opened.ok ? c.json({ blocks: await opened.pad.blocks() }, 200) : answerRefusal(c, opened);
  });

  api.openapi(versionsRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    return opened.ok ? c.json({ versions: await opened.pad.versions.list() }, 200) : answerRefusal(c, opened);
  });

  api.openapi(nameRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    if (!opened.ok) return answerRefusal(c, opened);
    const named = await opened.pad.name(opened.member.id, c.req.valid('json').title);
    return named.ok ? c.json(named, 200) : answerRefusal(c, named);
  });

  api.openapi(versionRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    if (!opened.ok) return answerRefusal(c, opened);
    const found = await opened.pad.versions.find(c.req.valid('param').version);
    return found ? c.json(found, 200) : answerRefusal(c, refuse('not-found'));
  });

  api.openapi(removeRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    if (!opened.ok) return answerRefusal(c, opened);
    const { version } = c.req.valid('param');
    const found = (await opened.pad.versions.list()).find(({ id }) => id === version);
    if (!found) return answerRefusal(c, refuse('not-found'));
    const removed = await opened.pad.removeVersion(opened.member.id, found);
    return removed.ok ? c.json(removed, 200) : answerRefusal(c, removed);
  });

  api.openapi(restoreRoute, async (c) => {
    const opened = await open(c, c.req.valid('param'));
    if (!opened.ok) return answerRefusal(c, opened);
    const found = await opened.pad.versions.find(c.req.valid('param').version);
    if (!found) return answerRefusal(c, refuse('not-found'));
    const restored = await opened.pad.replace(opened.member.id, found.blocks);
    return restored.ok ? c.json(restored, 200) : answerRefusal(c, restored);
  });

  api.openapi(quoteRoute, async (c) => {
    const { room, book } = c.req.valid('param');
    const opened = await open(c, { room, book });
    if (!opened.ok) return answerRefusal(c, opened);
    const quotation = await quotationOf(opened.room, book, c.req.valid('json'));
    if (!quotation.ok) return answerRefusal(c, quotation);
    const added = await opened.pad.append(opened.member.id, [quotation.block]);
    return added.ok ? c.json(added, 200) : answerRefusal(c, added);
  });
}

type Opened = Visitor & { pad: RoomPad };
