import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { hiddenWordsSchema } from '#shared/protocol/hidden-words.ts';
import { exportFormatSchema, exportScopeSchema } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { annotationSchema, reactionsSchema, replySchema } from '#shared/records/annotation.ts';
import type { Book } from '#shared/records/book.ts';
import { bookIdSchema, chapterIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import type { ExportChapter } from '#server/exporters/exporter.ts';
import { exporters } from '#server/exporters/exporters.ts';
import { answerRefusal, answers, answerTooFast, refusesWith } from './answers.ts';
import { attachment } from './attachment.ts';
import { moderator, visitor } from './context.ts';
import type { ApiContext, ApiEnv, ApiServices } from './context.ts';
import type { Visitor } from '#server/doors/visitor.ts';

const inRoom = z.object({ room: roomIdSchema });

const exportRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/export',
  summary: 'What the room wrote in one book or chapter, as a file. Private notes in it are the asking member’s own.',
  request: {
    params: inRoom,
    query: z.object({
      format: exportFormatSchema,
      scope: exportScopeSchema.default('all'),
      book: bookIdSchema.optional(),
      chapter: chapterIdSchema.optional(),
      pad: z.enum(['yes', 'no']).default('no').describe('Whether the room’s club notes on the book come along.'),
    }),
  },
  responses: {
    200: {
      description: 'The file, as an attachment.',
      content: Object.fromEntries(
        Object.values(exporters).map((exporter) => [exporter.mediaType, { schema: z.string() }]),
      ),
    },
    default: refusesWith,
  },
});

const hiddenRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/chapters/{chapter}/hidden',
  summary: 'What was hidden in a chapter, with its words, for host and co-hosts.',
  request: { params: inRoom.extend({ chapter: chapterIdSchema }) },
  responses: {
    200: answers(hiddenWordsSchema, 'Hidden annotations and replies.'),
    default: refusesWith,
  },
});

const marginRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/chapters/{chapter}/margin',
  summary:
    'The threads of a chapter as plain records: what the room may see, and the asking member’s own private notes.',
  request: { params: inRoom.extend({ chapter: chapterIdSchema }) },
  responses: {
    200: answers(
      z.object({
        annotations: z.array(annotationSchema),
        replies: z.array(replySchema),
        reactions: z.record(z.string(), reactionsSchema),
      }),
      'Annotations, replies, and reactions by what they are on.',
    ),
    default: refusesWith,
  },
});

export function addExportRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  api.openAPIRegistry.registerPath(exportRoute);
  api.get('/api/rooms/:room/export', async (c) => {
    const params = exportRoute.request.params.safeParse(c.req.param());
    const query = exportRoute.request.query.safeParse(c.req.query());
    if (!params.success) return answerRefusal(c, refuse('not-found'));
    if (!query.success) return answerRefusal(c, refuse('malformed'));
    const who = await visitor(c, services, params.data.room);
    if (!who.ok) return answerRefusal(c, who);
    const admission = services.doors.exports.take(who.member.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const { format, scope, book: bookId, chapter: chapterId, pad: withPad } = query.data;
    const book = who.room
      .books()
      .find((one) => (chapterId ? one.chapters.some((entry) => entry.id === chapterId) : one.id === bookId));
    if (!book) return answerRefusal(c, refuse('not-found'));
    const chapters = await exportChapters(who, book, chapterId);
    if (!chapters.ok) return answerRefusal(c, chapters);
    const pad = withPad === 'yes' ? await who.room.pad(book.id) : null;
    const exporter = exporters[format];
    const text = exporter.write({
      room: who.room.room(),
      book,
      asker: who.member.id,
      members: who.room.members(),
      chapters: chapters.chapters,
      scope,
      pad: pad && (await pad.blocks()),
      origin: originOf(c, services),
      exportedAt: services.now(),
    });
    const name = chapterId ? (chapters.chapters[0]?.chapter.title ?? book.title) : book.title;
    c.header('Content-Type', exporter.mediaType);
    c.header('Content-Disposition', attachment(name, exporter.extension));
    c.header('Cache-Control', 'private, no-store');
    return c.body(text);
  });

  api.openapi(marginRoute, async (c) => {
    const { room, chapter } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const margin = await who.room.marginFor(who.member.id, chapter);
    if ('ok' in margin) return answerRefusal(c, margin);
    const { annotations, replies, reactions } = margin;
    return c.json({ annotations, replies, reactions: Object.fromEntries(reactions) }, 200);
  });

  api.openapi(hiddenRoute, async (c) => {
    const { room, chapter } = c.req.valid('param');
    const who = await moderator(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const margin = await who.room.marginFor(who.member.id, chapter, true);
    if ('ok' in margin) return answerRefusal(c, margin);
    const annotations = margin.annotations.filter((annotation) => annotation.hidden);
    return c.json({ annotations, replies: margin.replies.filter((reply) => reply.hidden) }, 200);
  });
}

async function exportChapters(
  { room, member }: Visitor,
  book: Book,
  only: ChapterId | undefined,
): Promise<{ ok: true; chapters: ExportChapter[] } | Refusal> {
  const chapters: ExportChapter[] = [];
  for (const entry of book.chapters) {
    if (only !== undefined && entry.id !== only) continue;
    const chapter = await room.chapter(entry.id);
    if (!chapter) return refuse('not-found');
    const margin = await room.marginFor(member.id, entry.id);
    if ('ok' in margin) return margin;
    chapters.push({ chapter, ...margin });
  }
  return { ok: true, chapters };
}

function originOf(c: ApiContext, { env }: ApiServices): string {
  if (env.PUBLIC_ORIGIN !== undefined) return env.PUBLIC_ORIGIN;
  const host = c.req.header('host') ?? 'localhost';
  return `${c.get('secure') ? 'https' : 'http'}://${host}`;
}
