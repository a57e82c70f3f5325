import { z } from 'zod';
import { chapterIdSchema, roomIdSchema } from '#shared/records/id-schemas.ts';

const pathSchema = z.tuple([
  z.literal(''),
  z.literal('sync'),
  roomIdSchema,
  z.enum(['margin', 'notes']),
  chapterIdSchema,
]);

/**
 * Which document a socket asks for: `/sync/{room}/margin/{chapter}` or `/sync/{room}/notes/{chapter}`, the latter always
 * the asking member's own. `lineage` is what the client's copy descends from, when it has one; `protocol` is the version
 * that it speaks, as it names it. Null for anything else.
 */
export function documentOfPath(url: string) {
  const parsed = URL.parse(url, 'http://lectern');
  const path = pathSchema.safeParse(parsed?.pathname.split('/'));
  if (!parsed || !path.success) return null;
  const [, , room, kind, chapter] = path.data;
  const { searchParams } = parsed;
  return { room, kind, chapter, lineage: searchParams.get('lineage'), protocol: searchParams.get('protocol') ?? '1' };
}
