import type { MiddlewareHandler } from 'hono';
import { refuse } from '#shared/protocol/refusal.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import { answerRefusal } from './answers.ts';
import type { ApiEnv } from './context.ts';

/**
 * Refuses a body that is too large before any of it is read. A body must state its length, as every browser does: Node
 * reads no more than was stated, so nothing needs to be counted, and a stream without an end cannot be sent.
 */
export function bodySize(maxBytes: number, tooLarge: RefusalCode): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) {
      return answerRefusal(c, refuse('malformed', 'The length of the body must be stated (Content-Length).'));
    }
    if (Number(c.req.header('content-length') ?? 0) > maxBytes) return answerRefusal(c, refuse(tooLarge));
    return next();
  };
}
