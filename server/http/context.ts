import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { canModerate } from '#shared/records/roles.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Rooms } from '#server/rooms/rooms.ts';
import type { Device, Store } from '#server/storage/store.ts';
import type { Env } from '#server/env.ts';
import type { Log } from '#server/log.ts';
import type { Meters } from '#server/meters/meters.ts';
import type { Doors } from '#server/doors/doors.ts';
import { identityCookie, tokenFromCookie } from '#server/doors/identity.ts';
import type { Identity } from '#server/doors/identity.ts';
import { ROOMS_PER_DEVICE_MAX } from '#server/limits.ts';
import { type Visitor, visitorWith } from '#server/doors/visitor.ts';
import type { Imports } from './imports.ts';
import type { Revisions } from './revisions.ts';

/** What the HTTP API stands on. */
export interface ApiServices {
  env: Env;
  log: Log;
  meters: Meters;
  /** What `/metrics` says; null where there is no such address. */
  metrics: (() => Promise<string>) | null;
  store: Store;
  rooms: Rooms;
  identity: Identity;
  doors: Doors;
  imports: Imports;
  revisions: Revisions;
  now: () => number;
}

export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: { device: Device | null; address: string; secure: boolean };
}
export type ApiContext = Context<ApiEnv>;

/**
 * Who asks, in this room, as it stands now. Somebody who is not in the room learns nothing about it, not even whether it
 * exists.
 */
export async function visitor(c: ApiContext, services: ApiServices, room: RoomId): Promise<Visitor | Refusal> {
  return visitorWith(c.get('device'), services.rooms, room);
}

export async function moderator(c: ApiContext, services: ApiServices, room: RoomId): Promise<Visitor | Refusal> {
  const who = await visitor(c, services, room);
  return who.ok && !canModerate(who.member.role) ? refuse('moderators-only') : who;
}

/** Why this browser may not become somebody in one more room; null when it may. */
export function cannotBindMore(device: Device | null): Refusal | null {
  return (device?.members.length ?? 0) >= ROOMS_PER_DEVICE_MAX ? refuse('too-many') : null;
}

/** The browser that asks; a new one, with its cookie, when it has none. */
export async function ensureDevice(c: ApiContext, services: ApiServices): Promise<Device> {
  const known = c.get('device');
  const token = known ? tokenFromCookie(c.req.header('cookie')) : null;
  if (known && token) {
    setIdentityCookie(c, token);
    return known;
  }
  const fresh = await services.identity.newDevice();
  setIdentityCookie(c, fresh.token);
  return fresh.device;
}

export function setIdentityCookie(c: ApiContext, token: string): void {
  c.header('Set-Cookie', identityCookie(token, c.get('secure')));
}
