import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The address that a request is counted under. Each trusted proxy appends the address it saw to `X-Forwarded-For`, so the
 * entry that many places from the right is the last one a stranger cannot invent. An IPv6 customer usually holds a /64,
 * so such addresses are counted by their first four groups.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return groupedAddress(direct);
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.length > 0);
  return groupedAddress(chain.at(-trustedProxies) ?? direct);
}

/** Whether the browser speaks https, as far as a trusted proxy says. */
export function isSecure(request: IncomingMessage, trustedProxies: number, publicOrigin: string | undefined): boolean {
  if (publicOrigin !== undefined) return publicOrigin.startsWith('https:');
  return (
    trustedProxies > 0 &&
    String(request.headers['x-forwarded-proto'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() === 'https'
  );
}

/** An address as it is counted: of IPv6 the first four groups. */
export function groupedAddress(address: string): string {
  const plain = address.slice(0, 64).replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = plain.includes('::') ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
