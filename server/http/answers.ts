import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorSchema } from '#shared/protocol/http.ts';
import { refusals, refuse } from '#shared/protocol/refusal.ts';
import type { Refusal, RefusalCode } from '#shared/protocol/refusal.ts';
import type { Admission } from '#server/doors/rate-limit.ts';

/** A JSON answer as a route describes it. */
export const answers = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** Every route can refuse; the body is the same everywhere and the status follows from the code. */
export const refusesWith = answers(errorSchema, 'Refused: the code says why, the message can be shown as it is.');

/** A JSON body as a route asks for it. */
export const takes = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

type RefusalStatus = (typeof refusals)[RefusalCode]['status'];

export function answerRefusal(c: Context, refusal: Refusal) {
  const status: RefusalStatus = refusals[refusal.code].status;
  return c.json({ ok: false as const, code: refusal.code, message: refusal.message }, status);
}

/** The answer to who knocks too often, with the time after which it goes on. */
export function answerTooFast(c: Context, admission: Extract<Admission, { ok: false }>) {
  c.header('Retry-After', String(admission.retryAfterSeconds));
  return answerRefusal(c, refuse('too-fast'));
}
