import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '#shared/protocol/refusal.ts';
import {
  type PadsSearchAnswer,
  padsSearchAnswerSchema,
  type SearchAnswer,
  searchAnswerSchema,
  searchQuestionSchema,
} from '#shared/protocol/search.ts';
import { bookIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import { foldQuery } from '#shared/text/find-words.ts';
import { searchPads } from '#server/rooms/pads/search-pads.ts';
import { searchBook } from '#server/rooms/search-book.ts';
import { SerialQueue } from '#server/rooms/serial-queue.ts';
import { SEARCHES_WAITING_MAX } from '#server/limits.ts';
import { answerRefusal, answers, answerTooFast, refusesWith } from './answers.ts';
import { visitor } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';

const nothing: SearchAnswer = { count: 0, chapters: [], whole: true };
const nowhere: PadsSearchAnswer = { pads: [], whole: true };

const searchRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/books/{book}/search',
  summary:
    'Where words stand in a book, without regard to case and accents: counts by chapter, and places with their sentences.',
  request: { params: z.object({ room: roomIdSchema, book: bookIdSchema }), query: searchQuestionSchema },
  responses: { 200: answers(searchAnswerSchema, 'The places, in reading order.'), default: refusesWith },
});

const searchPadsRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/pads/search',
  summary:
    'Which pads of a room say these words, without regard to case and accents: counts by book, and the first lines.',
  request: { params: z.object({ room: roomIdSchema }), query: searchQuestionSchema },
  responses: { 200: answers(padsSearchAnswerSchema, 'The pads, in the order of the shelf.'), default: refusesWith },
});

export function addSearchRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  // One at a time: several at once would each take their slice of the same turn, and others would wait for all of them.
  const turns = new SerialQueue();

  api.openapi(searchRoute, async (c) => {
    const { room, book: id } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const book = who.room.books().find((one) => one.id === id);
    if (!book) return answerRefusal(c, refuse('not-found'));
    const admission = services.doors.searches.take(who.member.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const query = foldQuery(c.req.valid('query').words);
    if (query === '') return c.json(nothing, 200);
    if (turns.pending >= SEARCHES_WAITING_MAX) return answerRefusal(c, refuse('too-fast'));
    const { signal } = c.req.raw;
    const isGone = () => signal.aborted;
    const answer = await turns.run(async () =>
      isGone() ? nothing : searchBook({ room: who.room, book, query, isGone }),
    );
    return c.json(answer, 200);
  });

  api.openapi(searchPadsRoute, async (c) => {
    const who = await visitor(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    const admission = services.doors.searches.take(who.member.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const query = foldQuery(c.req.valid('query').words);
    if (query === '') return c.json(nowhere, 200);
    if (turns.pending >= SEARCHES_WAITING_MAX) return answerRefusal(c, refuse('too-fast'));
    const { signal } = c.req.raw;
    const isGone = () => signal.aborted;
    const answer = await turns.run(async () => (isGone() ? nowhere : searchPads({ room: who.room, query, isGone })));
    return c.json(answer, 200);
  });
}
