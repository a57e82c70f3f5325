import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { CommandKind } from '#shared/protocol/command.ts';
import type { CommandId } from '#shared/records/ids.ts';
import type { Env } from './env.ts';

export type Log = Logger;

/** What a line belongs to: a request, or a command. */
export type Trace = { request: string } | { command: CommandId; kind: CommandKind };

const traces = new AsyncLocalStorage<Trace>();

// A copy, because pino writes the line's own fields into it.
const traceOfLine = (): object => ({ ...traces.getStore() });

/** Every line that is logged in this task, however deep and however late, bears these ids. */
export const traced = <Result>(trace: Trace, task: () => Result): Result => traces.run(trace, task);

/**
 * Structured lines on standard output. What is logged is chosen field by field where it is logged: never a body, a
 * cookie, a query or a token (`redactPath` takes those out of paths).
 */
export function createLog(level: Env['LOG_LEVEL'], destination?: DestinationStream): Log {
  return pino({ level, base: null, mixin: traceOfLine }, destination ?? pino.destination({ fd: 1, sync: true }));
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
