import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '#shared/protocol/refusal.ts';
import { roomIdSchema } from '#shared/records/id-schemas.ts';
import { pictureHashSchema } from '#shared/text/block.ts';
import { answerRefusal, refusesWith } from './answers.ts';
import { visitor } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';
import { pictureAnswer } from './picture-answer.ts';

const readPictureRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/pictures/{hash}',
  summary: 'A picture of a book on the shelf, for members of its room.',
  request: { params: z.object({ room: roomIdSchema, hash: pictureHashSchema }) },
  responses: {
    200: { description: 'The picture.', content: { 'image/webp': { schema: z.string() } } },
    default: refusesWith,
  },
});

export function addPictureRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  api.openapi(readPictureRoute, async (c) => {
    const { room, hash } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const picture = await who.room.picture(hash);
    return picture ? pictureAnswer(c, picture) : answerRefusal(c, refuse('not-found'));
  });
}
