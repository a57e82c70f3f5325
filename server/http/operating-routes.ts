import { createHash, timingSafeEqual } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '#shared/protocol/refusal.ts';
import { answerRefusal, answers, refusesWith } from './answers.ts';
import type { ApiEnv, ApiServices } from './context.ts';

/** The text format of Prometheus, as it asks for it. */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

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

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary:
    'What the process is doing, for Prometheus. Wants METRICS_TOKEN as a Bearer token; is not there without one.',
  security: [{ metrics: [] }],
  responses: {
    200: { description: 'The text format of Prometheus.', content: { 'text/plain': { schema: z.string() } } },
    default: refusesWith,
  },
});

const describeRoute = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This description.',
  responses: { 200: answers(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1.') },
});

/** Digests are of one length, so that comparing them takes the same time whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

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

  const { metrics, env } = services;
  if (metrics && env.METRICS_TOKEN !== undefined) {
    const expected = digest(`Bearer ${env.METRICS_TOKEN}`);
    api.openAPIRegistry.registerComponent('securitySchemes', 'metrics', { type: 'http', scheme: 'bearer' });
    api.openapi(metricsRoute, async (c) => {
      c.header('Cache-Control', 'no-store');
      if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), expected)) {
        c.header('WWW-Authenticate', 'Bearer');
        return answerRefusal(c, refuse('signed-out', 'This address wants the METRICS_TOKEN as a Bearer token.'));
      }
      return c.text(await metrics(), 200, { 'Content-Type': METRICS_TYPE });
    });
  }

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
