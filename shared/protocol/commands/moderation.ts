import { z } from 'zod';
import { targetSchema } from '#shared/records/annotation.ts';
import { commandIdSchema, memberIdSchema } from '#shared/records/id-schemas.ts';
import { roleSchema } from '#shared/records/member.ts';

/** A host or co-host takes an annotation or reply out of everyone's sight; its words stay on the server. */
export const recordHideSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('record.hide'),
  target: targetSchema,
});

export const recordRestoreSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('record.restore'),
  target: targetSchema,
});

/** A muted member reads, reacts to nothing and writes nothing that others see; private notes stay possible. */
export const memberMuteSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('member.mute'),
  member: memberIdSchema,
  muted: z.boolean(),
});

/** Only the host makes and unmakes co-hosts; nobody changes the host. */
export const memberRoleSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('member.role'),
  member: memberIdSchema,
  role: roleSchema.exclude(['host']),
});

/** Out of the room at once, on all devices; the same browser is refused at the door until a host lets it in again. */
export const memberRemoveSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('member.remove'),
  member: memberIdSchema,
});

export const memberReadmitSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('member.readmit'),
  member: memberIdSchema,
});

/** A locked room admits nobody new and takes no writing but that of host and co-hosts. */
export const roomLockSchema = z.object({
  id: commandIdSchema,
  kind: z.literal('room.lock'),
  locked: z.boolean(),
});
