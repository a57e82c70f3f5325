import type { z } from 'zod';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import { answered } from './ask.ts';

interface Sending {
  /** A form goes as it is, anything else as JSON. */
  body: unknown;
  /** Aborted when nobody wants it sent any more. */
  signal: AbortSignal;
  /** From 0 to 1, as the bytes leave. */
  onProgress: (progress: number) => void;
}

/**
 * Sends what may be large (fetch does not tell how far it is). Aborted on its way it is ended, and the server, which never got the
 * whole of it, has nothing; whether it had left by then, nobody here can tell.
 */
export function send<Schema extends z.ZodType>(
  path: string,
  answer: Schema,
  { body, signal, onProgress }: Sending,
): Promise<z.infer<Schema> | Refusal> {
  const { promise, resolve } = Promise.withResolvers<z.infer<Schema> | Refusal>();
  const request = new XMLHttpRequest();
  const unanswered = () => resolve(refuse('unavailable', 'The server does not answer. Try again in a moment.'));
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
  request.addEventListener('load', () => {
    resolve(answered(request.status, request.responseText, answer));
  });
  for (const end of ['error', 'abort', 'timeout'] as const) request.addEventListener(end, unanswered);
  request.open('POST', path);
  signal.addEventListener('abort', () => request.abort(), { once: true });
  if (body instanceof FormData) request.send(body);
  else {
    request.setRequestHeader('content-type', 'application/json');
    request.send(JSON.stringify(body));
  }
  return promise;
}
