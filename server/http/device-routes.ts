import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { joinedRoomSchema, tokenSchema } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { roomIdSchema } from '#shared/records/id-schemas.ts';
import { answerRefusal, answers, answerTooFast, refusesWith, takes } from './answers.ts';
import { cannotBindMore, ensureDevice, visitor } from './context.ts';
import type { ApiEnv, ApiServices } from './context.ts';
import { memberOfDevice } from '#server/doors/identity.ts';

const inRoom = z.object({ room: roomIdSchema });
/** Device ids have the shape of record ids, and are no secrets: the token is. */
const deviceIdSchema = z.string().regex(/^[0-9a-z]{1,64}$/);
const deviceSchema = z.object({
  id: deviceIdSchema,
  createdAt: z.number().int(),
  seenAt: z.number().int(),
  /** The browser that asks. */
  current: z.boolean(),
});

const linkDeviceRoute = createRoute({
  method: 'post',
  path: '/api/rooms/{room}/devices/link',
  summary: 'A token that makes one other browser the same member, once, within 15 minutes.',
  request: { params: inRoom },
  responses: {
    201: answers(z.object({ token: tokenSchema, expiresAt: z.number().int() }), 'The token and when it ends.'),
    default: refusesWith,
  },
});

const redeemRoute = createRoute({
  method: 'post',
  path: '/api/devices/redeem',
  summary: 'Use such a token: this browser becomes that member.',
  request: { body: takes(z.object({ token: tokenSchema })) },
  responses: { 200: answers(joinedRoomSchema, 'The room and who you are in it.'), default: refusesWith },
});

const listDevicesRoute = createRoute({
  method: 'get',
  path: '/api/rooms/{room}/devices',
  summary: 'The browsers that are you in this room.',
  request: { params: inRoom },
  responses: { 200: answers(z.object({ devices: z.array(deviceSchema) }), 'Your browsers.'), default: refusesWith },
});

const revokeDeviceRoute = createRoute({
  method: 'delete',
  path: '/api/rooms/{room}/devices/{device}',
  summary: 'Sign one of your browsers out of this room. Its connections close at once.',
  request: { params: inRoom.extend({ device: deviceIdSchema }) },
  responses: { 200: answers(z.object({ ok: z.literal(true) }), 'It is signed out.'), default: refusesWith },
});

export function addDeviceRoutes(api: OpenAPIHono<ApiEnv>, services: ApiServices): void {
  api.openapi(linkDeviceRoute, async (c) => {
    const who = await visitor(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    return c.json(await services.identity.newDeviceLink(who.room.id, who.member.id), 201);
  });

  api.openapi(redeemRoute, async (c) => {
    const barred = cannotBindMore(c.get('device'));
    if (barred) return answerRefusal(c, barred);
    const redeemed = await services.identity.redeemDeviceLink(c.req.valid('json').token);
    if (!redeemed) {
      const admission = services.doors.wrongTokens.take(c.get('address'));
      return admission.ok ? answerRefusal(c, refuse('link-used')) : answerTooFast(c, admission);
    }
    const room = await services.rooms.open(redeemed.room);
    const member = room?.member(redeemed.member);
    if (!room || !member) return answerRefusal(c, refuse('not-found'));
    // Somebody who was put out does not come back as somebody else on the same browser.
    const known = c.get('device');
    const before = known && memberOfDevice(known, room.id);
    const putOut = before ? room.member(before)?.removed === true : false;
    if (member.removed || putOut) return answerRefusal(c, refuse('removed'));
    const device = await ensureDevice(c, services);
    await services.identity.bind(device, room.id, member.id);
    return c.json({ room: room.room(), member }, 200);
  });

  api.openapi(listDevicesRoute, async (c) => {
    const who = await visitor(c, services, c.req.valid('param').room);
    if (!who.ok) return answerRefusal(c, who);
    const devices = await services.store.devicesOf(who.room.id, who.member.id);
    const shown = devices.map(({ id, createdAt, seenAt }) => ({
      id,
      createdAt,
      seenAt,
      current: id === who.device.id,
    }));
    return c.json({ devices: shown }, 200);
  });

  api.openapi(revokeDeviceRoute, async (c) => {
    const { room, device } = c.req.valid('param');
    const who = await visitor(c, services, room);
    if (!who.ok) return answerRefusal(c, who);
    const own = await services.store.devicesOf(room, who.member.id);
    if (!own.some((one) => one.id === device)) return answerRefusal(c, refuse('not-found'));
    await services.identity.revoke(device, room);
    return c.json({ ok: true as const }, 200);
  });
}
