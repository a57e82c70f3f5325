import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { roomIdSchema } from '#shared/records/id-schemas.ts';
import type { RoomState } from '#shared/records/room.ts';
import { services } from './services.ts';

export interface Visit {
  room: RoomId;
  state: RoomState;
}

/**
 * The room of a page's address as whoever asks for the page may see it, or why not: `signed-out` (this browser is nobody
 * there) or `removed`. An address that names no room is the not-found page; so is a room that is gone.
 */
export const visit = cache(async (address: string): Promise<Visit | Refusal> => {
  const room = roomIdSchema.safeParse(address);
  if (!room.success) notFound();
  const cookie = (await headers()).get('cookie');
  const member = await services().memberFromCookie(cookie, room.data);
  if (member === null) return { ok: false, code: 'signed-out', message: '' };
  const state = await services().roomState(room.data, member);
  if (state === null) notFound();
  return 'ok' in state ? state : { room: room.data, state };
});
