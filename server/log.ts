import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Env } from './env.ts';

export type Log = Logger;

/**
 * Structured lines on standard output. What is logged is chosen field by field where it is logged: never a body, a
 * cookie, a query or a token (`redactPath` takes those out of paths).
 */
export function createLog(level: Env['LOG_LEVEL'], destination?: DestinationStream): Log {
  return pino({ level, base: null }, destination ?? pino.destination({ fd: 1, sync: true }));
}

/** Ids have 20 characters; whatever is as long as an invitation or a cookie may be one. */
const secretSegment = /^[A-Za-z0-9_-]{32,}$/;

/** A path as it may be logged: without its query, and with everything that could be a token taken out. */
export function redactPath(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  return path
    .split('/')
    .map((segment) => (secretSegment.test(segment) ? '[token]' : segment))
    .join('/')
    .slice(0, 300);
}
