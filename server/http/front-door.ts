import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { refusals, refuse } from '#shared/protocol/refusal.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import type { Env } from '#server/env.ts';
import { redactPath, traced } from '#server/log.ts';
import type { Log } from '#server/log.ts';
import { addressOf } from '#server/doors/address.ts';
import type { Doors } from '#server/doors/doors.ts';
import { isSameOrigin } from '#server/doors/origin.ts';
import { createRequestIds } from './request-id.ts';
import { setSecurityHeaders } from './security-headers.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface FrontDoorParts {
  env: Env;
  log: Log;
  doors: Doors;
  api: RequestHandler;
  /** Null in a server without pages. */
  pages: RequestHandler | null;
}

const isApi = (path: string): boolean =>
  path === '/api' || path.startsWith('/api/') || path === '/metrics' || isProbe(path);
const isProbe = (path: string): boolean => path === '/healthz' || path === '/readyz';
const isReading = (method: string | undefined): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * What every request passes: an id and a log line, security headers, the count by address, and for every write the check that it
 * comes from our own pages. Then the API, or the pages.
 */
export function createFrontDoor({ env, log, doors, api, pages }: FrontDoorParts): RequestHandler {
  const dev = env.NODE_ENV === 'development';
  const requestId = createRequestIds(env.TRUSTED_PROXIES);

  const answer: RequestHandler = async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/';
    logWhenDone(log, path, request, response);
    setSecurityHeaders(request, response, dev);
    if (!isProbe(path) && !path.startsWith('/_next/')) {
      const admission = doors.address.take(addressOf(request, env.TRUSTED_PROXIES));
      if (!admission.ok) {
        response.setHeader('Retry-After', String(admission.retryAfterSeconds));
        return answerPlainly(response, 'too-fast');
      }
    }
    if (!isReading(request.method) && !isSameOrigin(request.headers, env.PUBLIC_ORIGIN)) {
      return answerPlainly(response, 'cross-origin');
    }
    try {
      await (isApi(path) || pages === null ? api : pages)(request, response);
    } catch (error) {
      log.error({ err: error }, 'a request broke');
      if (!response.headersSent) answerPlainly(response, 'unavailable');
      else response.destroy();
    }
  };
  return (request, response) => {
    const id = requestId(request);
    response.setHeader('X-Request-Id', id);
    return traced({ request: id }, () => answer(request, response));
  };
}

function answerPlainly(response: ServerResponse, code: RefusalCode): void {
  response.writeHead(refusals[code].status, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(refuse(code)));
}

/** One line a request. Files of the pages are logged as debug: a page has dozens, and they tell nothing. */
function logWhenDone(log: Log, path: string, request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const ms = Math.round(performance.now() - startedAt);
    const line = { method: request.method, path: redactPath(path), status: response.statusCode, ms };
    if (path.startsWith('/_next/')) log.debug(line, 'request');
    else log.info(line, 'request');
  });
}
