import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { acceptInviteSchema, inviteViewSchema, joinedRoomSchema, tokenSchema } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { answerRefusal, answers, answerTooFast, refusesWith, takes } from './answers.ts';
import { cannotBindMore, ensureDevice } from './context.ts';
import type { ApiContext, ApiEnv, ApiServices } from './context.ts';
import { memberOfDevice } from '#server/doors/identity.ts';
import { findInvite, inviteView } from './invite-view.ts';

const withToken = z.object({ token: tokenSchema });

const readInviteRoute = createRoute({
  method: 'get',
  path: '/api/invites/{token}',
  summary: 'What a link leads to, for somebody who has not joined.',
  request: { params: withToken },
  responses: { 200: answers(inviteViewSchema, 'The room at the door.'), default: refusesWith },
});

const acceptInviteRoute = createRoute({
  method: 'post',
  path: '/api/invites/{token}/accept',
  summary: 'Join by a link. A browser that is in the room already stays who it is there.',
  request: { params: withToken, body: takes(acceptInviteSchema) },
  responses: { 200: answers(joinedRoomSchema, 'The room and who you are in it.'), default: refusesWith },
});

export function addInviteRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  /** Wrong tokens are counted by address, right ones are not: guessing is slow and joining is not. */
  const open = async (c: ApiContext, token: string) => {
    const found = await findInvite(services.store, services.rooms, token);
    if (found) return { ok: true as const, found };
    const admission = services.doors.wrongTokens.take(c.get('address'));
    return {
      ok: false as const,
      answer: admission.ok ? answerRefusal(c, refuse('link-replaced')) : answerTooFast(c, admission),
    };
  };

  api.openapi(readInviteRoute, async (c) => {
    const opened = await open(c, c.req.valid('param').token);
    if (!opened.ok) return opened.answer;
    return c.json(inviteView(opened.found), 200);
  });

  api.openapi(acceptInviteRoute, async (c) => {
    const opened = await open(c, c.req.valid('param').token);
    if (!opened.ok) return opened.answer;
    const { room, role } = opened.found;
    const device = c.get('device');
    const memberId = device && memberOfDevice(device, room.id);
    const known = memberId ? room.member(memberId) : null;
    if (known?.removed) return answerRefusal(c, refuse('removed'));
    if (known) {
      await ensureDevice(c, services);
      return c.json({ room: room.room(), member: known }, 200);
    }
    const barred = cannotBindMore(device);
    if (barred) return answerRefusal(c, barred);
    const admission = services.doors.newMembers.take(room.id);
    if (!admission.ok) return answerTooFast(c, admission);
    const admitted = await room.admit(role, c.req.valid('json').name);
    if (!admitted.ok) return answerRefusal(c, admitted);
    const joined = await ensureDevice(c, services);
    await services.identity.bind(joined, room.id, admitted.member.id);
    return c.json({ room: room.room(), member: admitted.member }, 200);
  });
}
