import { z } from 'zod';
import { bookSchema, formatSchema } from '#shared/records/book.ts';
import { memberSchema, nameSchema, roleSchema } from '#shared/records/member.ts';
import { roomSchema } from '#shared/records/room.ts';
import { titleSchema } from '#shared/records/title.ts';
import { refusalCodeSchema } from './refusal-schema.ts';
import { UPLOAD_MAX_BYTES } from './limits.ts';

/** Bodies of the HTTP API. An invite token is 32 characters of URL-safe base 64; whoever holds it may join. */
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{32}$/);

export const inviteRoleSchema = roleSchema.exclude(['host']);
export type InviteRole = z.infer<typeof inviteRoleSchema>;
export const invitesSchema = z.object({ cohost: tokenSchema, reader: tokenSchema, listener: tokenSchema });
export type Invites = z.infer<typeof invitesSchema>;

export const createRoomSchema = z.object({ title: titleSchema, name: nameSchema });
export const createdRoomSchema = z.object({ room: roomSchema, member: memberSchema, invites: invitesSchema });
export const acceptInviteSchema = z.object({ name: nameSchema });
export const joinedRoomSchema = z.object({ room: roomSchema, member: memberSchema });
/** What a link shows to who has not joined yet. */
export const inviteViewSchema = z.object({
  room: roomSchema.pick({ id: true, title: true, locked: true }),
  role: inviteRoleSchema,
  book: bookSchema.pick({ title: true, author: true }).nullable(),
  here: z.array(memberSchema.pick({ id: true, name: true, initials: true, ink: true, role: true })),
});
export type InviteView = z.infer<typeof inviteViewSchema>;

export const bringTextSchema = z.object({
  text: z.string().max(UPLOAD_MAX_BYTES),
  format: formatSchema,
  title: titleSchema.optional(),
});

export const exportFormats = ['markdown', 'html', 'csv', 'jsonld'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** `all` (everyone's, and one's own private notes), `mine`, or one ink by name. */
export const exportScopeSchema = z.enum(['all', 'mine', 'saffron', 'verdigris', 'woad', 'heather', 'clay']);
export type ExportScope = z.infer<typeof exportScopeSchema>;

export const errorSchema = z.object({ ok: z.literal(false), code: refusalCodeSchema, message: z.string() });
