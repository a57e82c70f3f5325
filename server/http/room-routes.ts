import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createdRoomSchema, createRoomSchema, inviteRoleSchema, invitesSchema } from '#shared/protocol/http.ts';
import type { Invites } from '#shared/protocol/http.ts';
import type { Role } from '#shared/records/member.ts';
import { roomIdSchema } from '#shared/records/id-schemas.ts';
import { roomStateSchema } from '#shared/records/room.ts';
import type { VisibleInvites } from '#server/page-services.ts';
import { answerRefusal, answers, answerTooFast, refusesWith, takes } from './answers.ts';
import { cannotBindMore, ensureDevice, moderator, visitor } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';

const inRoom = z.object({ room: roomIdSchema });
const visibleInvitesSchema = invitesSchema.partial();

const createRoomRoute = createRoute({
  method: 'post',
  path: '/api/rooms',
  summary: 'Make a room; whoever makes it is its host.',
  request: { body: takes(createRoomSchema) },
  responses: { 201: answers(createdRoomSchema, 'The room, its host and its three links.'), default: refusesWith },
});

const readRoomRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}',
  summary: 'The room as the asking member sees it.',
  request: { params: inRoom },
  responses: { 200: answers(roomStateSchema, 'Room, members, shelf, places and session.'), default: refusesWith },
});

const readInvitesRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/invites',
  summary: 'The links of the room, for host and co-hosts. Co-hosts are not shown the link that makes co-hosts.',
  request: { params: inRoom },
  responses: { 200: answers(visibleInvitesSchema, 'Tokens by role.'), default: refusesWith },
});

const rotateInviteRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/invites/{role}/rotate',
  summary: 'Replace one link. The old one is dead at once.',
  request: { params: inRoom.extend({ role: inviteRoleSchema }) },
  responses: { 200: answers(visibleInvitesSchema, 'Tokens by role.'), default: refusesWith },
});

/** Only the host makes co-hosts, so only the host sees the link that does. */
export function invitesVisibleTo(role: Role, invites: Invites): VisibleInvites {
  return role === 'host' ? invites : { reader: invites.reader, listener: invites.listener };
}

export function addRoomRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  api.openapi(createRoomRoute, async (c) => {
    const admission = services.doors.newRooms.take(c.get('address'));
    if (!admission.ok) return answerTooFast(c, admission);
    const barred = cannotBindMore(c.get('device'));
    if (barred) return answerRefusal(c, barred);
    const { title, name } = c.req.valid('json');
    const { room, host, invites } = await services.rooms.create(title, name);
    const device = await ensureDevice(c, services);
    await services.identity.bind(device, room.id, host.id);
    return c.json({ room: room.room(), member: host, invites }, 201);
  });

  api.openapi(readRoomRoute, async (c) => {
    const who = await visitor(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    return c.json(await who.room.stateFor(who.member.id), 200);
  });

  api.openapi(readInvitesRoute, async (c) => {
    const who = await moderator(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    return c.json(invitesVisibleTo(who.member.role, await who.room.invites()), 200);
  });

  api.openapi(rotateInviteRoute, async (c) => {
    const { room, role } = c.req.valid('param');
    const who = await moderator(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const rotated = await who.room.rotateInvite(who.member.id, role);
    if (!rotated.ok) return answerRefusal(c, rotated);
    return c.json(invitesVisibleTo(who.member.role, rotated.invites), 200);
  });
}
