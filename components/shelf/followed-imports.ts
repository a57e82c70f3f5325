import { z } from 'zod';
import type { RoomId } from '#shared/records/ids.ts';
import { importIdSchema } from '#shared/records/id-schemas.ts';

const followedSchema = z.array(z.object({ id: importIdSchema, name: z.string() }));
export type Followed = z.infer<typeof followedSchema>;

const keyOf = (room: RoomId): string => `lectern-imports-${room}`;

/** What this tab was following before it was loaded again, so that it can say what a server that was restarted cannot. */
export function followedBefore(room: RoomId): Followed {
  try {
    return followedSchema.catch([]).parse(JSON.parse(sessionStorage.getItem(keyOf(room)) ?? '[]'));
  } catch {
    // Storage may be closed to the page, or hold what another version wrote.
    return [];
  }
}

export function rememberFollowed(room: RoomId, followed: Followed): void {
  try {
    sessionStorage.setItem(keyOf(room), JSON.stringify(followed));
  } catch {
    // Without storage only the sentence about a restart is missing after a reload.
  }
}
