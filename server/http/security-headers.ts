import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A host as a policy may name it; anything else a client puts into the Host header is left out. */
const plainHost = /^[a-z0-9.-]+(:\d{1,5})?$/i;

/**
 * Headers of every answer. The policy is strict: scripts run by a nonce that is new with each request, nothing comes
 * from another host, and nobody frames us. Next reads the nonce from the policy on the request and stamps its scripts.
 * `style` attributes are allowed (faces and progress bars are drawn with them; they cannot load or run anything);
 * `<style>` elements need the nonce.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, request.headers.host, dev);
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Referrer-Policy', carriesToken(request.url ?? '/') ? 'no-referrer' : 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
}

/** Invitations and device links have their secret in the path, and a path travels in the Referer header. */
const carriesToken = (url: string): boolean => /[/=][A-Za-z0-9_-]{32}(?:[/?#&]|$)/.test(url);

function contentSecurityPolicy(nonce: string, host: string | undefined, dev: boolean): string {
  // 'self' does not cover WebSockets in every browser, so the own host is named with both schemes.
  const sockets = host !== undefined && plainHost.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    // React rebuilds server stacks with eval while developing.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // The bundler injects unmarked <style> elements while developing.
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}
