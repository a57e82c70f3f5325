import type { IncomingMessage } from 'node:http';
import { newId } from '#shared/records/ids.ts';

/** What proxies make: nginx 32 hexadecimal digits, Caddy and others a UUID. Nothing else gets into the log. */
const wellFormed = /^[A-Za-z0-9_-]{8,64}$/;
/** Tells the requests of this process from those of the one before. */
const PREFIX_CHARS = 6;

/**
 * Gives each request the id under which all its lines are logged and which its answer carries as `X-Request-Id`. Behind a
 * trusted proxy it is the proxy's own, so that the logs of both can be laid side by side; a stranger's is not taken.
 */
export function createRequestIds(trustedProxies: number): (request: IncomingMessage) => string {
  const prefix = newId().slice(0, PREFIX_CHARS);
  let requests = 0;
  return (request) => {
    const given = request.headers['x-request-id'];
    if (trustedProxies > 0 && typeof given === 'string' && wellFormed.test(given)) return given;
    requests += 1;
    return `${prefix}-${requests.toString(36)}`;
  };
}
