import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { refuse } from '#shared/protocol/refusal.ts';
import { addressOf, isSecure } from '#server/doors/address.ts';
import { REQUEST_MAX_BYTES } from '#server/limits.ts';
import { answerRefusal, answerTooFast } from './answers.ts';
import { bodySize } from './body-size.ts';
import { addBookRoutes } from './book-routes.ts';
import { setIdentityCookie } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';
import { addDeviceRoutes } from './device-routes.ts';
import { addExportRoutes } from './export-routes.ts';
import { tokenFromCookie } from '#server/doors/identity.ts';
import { addImportRoutes } from './import-routes.ts';
import { addInviteRoutes } from './invite-routes.ts';
import { addPadRoutes } from './pad-routes.ts';
import { addOperatingRoutes } from './operating-routes.ts';
import { addPictureRoutes } from './picture-routes.ts';
import { addRevisionRoutes } from './revision-routes.ts';
import { addRoomRoutes } from './room-routes.ts';
import { addSearchRoutes } from './search-routes.ts';

/**
 * The HTTP API. Every route is described by its schemas (`/api/openapi.json`), every refusal has the same body, and
 * nothing unexpected reaches a client but `unavailable`.
 */
export function createApi(services: ApiServices): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      // A path that cannot be an id names nothing; a body that does not fit is told what does not fit.
      if (result.target === 'param') return answerRefusal(c, refuse('not-found'));
      const issue = result.error.issues[0];
      return answerRefusal(c, refuse('malformed', issue && `${issue.path.join('.')}: ${issue.message}`));
    },
  });

  api.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) return answerRefusal(c, refuse('malformed'));
    services.log.error({ err: error }, 'a request broke');
    return answerRefusal(c, refuse('unavailable'));
  });
  api.notFound((c) => answerRefusal(c, refuse('not-found')));

  const smallBody = bodySize(REQUEST_MAX_BYTES, 'too-long');
  api.use('/api/*', async (c, next) => {
    const { incoming } = c.env;
    c.set('address', addressOf(incoming, services.env.TRUSTED_PROXIES));
    c.set('secure', isSecure(incoming, services.env.TRUSTED_PROXIES, services.env.PUBLIC_ORIGIN));
    c.header('Cache-Control', 'private, no-store');
    const cookie = c.req.header('cookie');
    const device = await services.identity.deviceFromCookie(cookie);
    c.set('device', device);
    if (device) {
      const admission = services.doors.device.take(device.id);
      if (!admission.ok) return answerTooFast(c, admission);
      const token = tokenFromCookie(cookie);
      if (token !== null && (await services.identity.seen(device))) setIdentityCookie(c, token);
    }
    const hasOwnLimit = c.req.method === 'POST' && /\/(?:books|revisions|shelve)$/u.test(c.req.path);
    return hasOwnLimit ? next() : smallBody(c, next);
  });

  addRoomRoutes(api, services);
  addInviteRoutes(api, services);
  addDeviceRoutes(api, services);
  addBookRoutes(api, services);
  addImportRoutes(api, services);
  addPictureRoutes(api, services);
  addPadRoutes(api, services);
  addSearchRoutes(api, services);
  addRevisionRoutes(api, services);
  addExportRoutes(api, services);
  addOperatingRoutes(api, services);
  return api;
}
