import { z } from 'zod';
import { CLIENT_ID_MAX } from '#shared/protocol/pad-sync.ts';
import { bookIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';

const pathSchema = z.tuple([z.literal(''), z.literal('sync'), roomIdSchema, z.literal('pad'), bookIdSchema]);
const clientSchema = z
  .string()
  .regex(/^\d{1,10}$/u)
  .transform(Number)
  .pipe(z.number().int().max(CLIENT_ID_MAX));

const isPad = /^\/sync\/[^/?]*\/pad\//u;

/** Whether an upgrade asks for a pad, well or badly. */
export const isPadAddress = (url: string): boolean => isPad.test(url);

/** Which pad a socket asks for, under which Yjs client id. Null for anything else. */
export function padOfPath(url: string) {
  const parsed = URL.parse(url, 'http://lectern');
  const path = pathSchema.safeParse(parsed?.pathname.split('/'));
  const client = clientSchema.safeParse(parsed?.searchParams.get('client'));
  if (!parsed || !path.success || !client.success) return null;
  const [, , room, , book] = path.data;
  const { searchParams } = parsed;
  return {
    room,
    book,
    client: client.data,
    lineage: searchParams.get('lineage'),
    protocol: searchParams.get('protocol'),
  };
}
