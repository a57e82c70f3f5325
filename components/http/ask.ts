import type { z } from 'zod';
import { isRefusalCode, refuse, type Refusal } from '#shared/protocol/refusal.ts';

interface Question {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON, or as it is when it is a form. */
  body?: unknown;
  /** Aborted when nobody waits for the answer any more, which is then `unavailable`. */
  signal?: AbortSignal;
}

/**
 * The HTTP API as pages use it: the parsed answer, or the refusal in words. `unavailable` when nobody answered. The schema may be
 * on its way, where the page is opened without it.
 */
export async function ask<Schema extends z.ZodType>(
  path: string,
  answer: Schema | Promise<Schema>,
  { method = 'GET', body, signal }: Question = {},
): Promise<z.infer<Schema> | Refusal> {
  try {
    const schema = await answer;
    const form = body instanceof FormData;
    const response = await fetch(path, {
      method,
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(body === undefined || form ? {} : { headers: { 'content-type': 'application/json' } }),
    });
    return answered(response.status, await response.text(), schema);
  } catch {
    return refuse('unavailable', 'The server does not answer. Try again in a moment.');
  }
}

/** What an answer of the API says; `unavailable` when it is none of ours. */
export function answered<Schema extends z.ZodType>(
  status: number,
  text: string,
  answer: Schema,
): z.infer<Schema> | Refusal {
  try {
    const json: unknown = JSON.parse(text);
    return status >= 200 && status < 300 ? answer.parse(json) : asRefusal(json);
  } catch {
    return refuse('unavailable', 'The server does not answer. Try again in a moment.');
  }
}

function asRefusal(json: unknown): Refusal {
  const { code, message } = (json ?? {}) as { code?: unknown; message?: unknown };
  if (!isRefusalCode(code)) return refuse('unavailable', 'The server could not do this. Try again in a moment.');
  return typeof message === 'string' ? refuse(code, message) : refuse(code);
}

/** Tells a refusal from an answer. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false && 'code' in answer;
}
