import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '#shared/protocol/refusal.ts';
import { answerRefusal, answers, refusesWith } from './answers.ts';
import type { ApiEnv, ApiServices } from './context.ts';

const fine = z.object({ ok: z.literal(true) });

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'The process answers.',
  responses: { 200: answers(fine, 'It does.') },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'The process can serve: its store answers.',
  responses: { 200: answers(fine, 'It can.'), default: refusesWith },
});

const describeRoute = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This description.',
  responses: { 200: answers(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1.') },
});

export function addOperatingRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  api.openapi(healthRoute, (c) => c.json({ ok: true as const }, 200));

  api.openapi(readyRoute, async (c) => {
    try {
      await services.store.ping();
    } catch (error) {
      services.log.error({ err: error }, 'the store does not answer');
      return answerRefusal(c, refuse('unavailable'));
    }
    return c.json({ ok: true as const }, 200);
  });

  api.openAPIRegistry.registerPath(describeRoute);
  api.get(describeRoute.path, (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Lectern',
          version: '1',
          description:
            'Rooms, invitations, books and exports. What changes while people read together goes over Socket.IO and y-websocket.',
        },
        servers: [{ url: '/' }],
      }),
    ),
  );
}
