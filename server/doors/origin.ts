import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from our own pages, or from no browser at all. Browsers stamp `Sec-Fetch-Site` and `Origin`
 * themselves and pages cannot change them, so either suffices to tell a foreign page; who sends neither is not a browser
 * that another site could be steering. `none` is a person typing the address.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicOrigin: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return isOwnOrigin(headers, publicOrigin);
}

/** The `Origin` check alone, for WebSocket upgrades, which carry no fetch metadata in some browsers. */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicOrigin: string | undefined): boolean {
  const origin = headers.origin;
  if (origin === undefined) return true;
  if (origin === publicOrigin) return true;
  const url = URL.parse(origin);
  return url !== null && headers.host !== undefined && url.host === headers.host.toLowerCase();
}
