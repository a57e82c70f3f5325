import { z } from 'zod';
import {
  annotationCreateSchema,
  annotationDeleteSchema,
  annotationEditSchema,
  annotationReattachSchema,
  annotationUndeleteSchema,
} from './commands/annotation.ts';
import {
  memberMuteSchema,
  memberReadmitSchema,
  memberRemoveSchema,
  memberRoleSchema,
  recordHideSchema,
  recordRestoreSchema,
  roomLockSchema,
} from './commands/moderation.ts';
import { reactionToggleSchema } from './commands/reaction.ts';
import { replyCreateSchema, replyDeleteSchema, replyEditSchema, replyUndeleteSchema } from './commands/reply.ts';
import { selfDescribeSchema, selfPlaceSchema } from './commands/self.ts';
import {
  handLowerSchema,
  handRaiseSchema,
  sessionEndSchema,
  sessionHandOverSchema,
  sessionSpotlightSchema,
  sessionStartSchema,
  sessionSummonSchema,
  sessionTakeSchema,
} from './commands/session.ts';
import { bookMoveSchema, bookRemoveSchema, bookRenameSchema } from './commands/shelf.ts';
import { refusalCodeSchema } from './refusal-schema.ts';

/**
 * All that a member can ask of a room. A client emits `command` over Socket.IO with an id it chose and waits for the ack;
 * without one it sends the same command again after the next connect. The server answers the same id with the same
 * answer, and a known id with other content is refused (`id-taken`).
 */
export const commandSchema = z.discriminatedUnion('kind', [
  annotationCreateSchema,
  annotationEditSchema,
  annotationDeleteSchema,
  annotationUndeleteSchema,
  annotationReattachSchema,
  replyCreateSchema,
  replyEditSchema,
  replyDeleteSchema,
  replyUndeleteSchema,
  reactionToggleSchema,
  recordHideSchema,
  recordRestoreSchema,
  memberMuteSchema,
  memberRoleSchema,
  memberRemoveSchema,
  memberReadmitSchema,
  roomLockSchema,
  selfDescribeSchema,
  selfPlaceSchema,
  sessionStartSchema,
  sessionEndSchema,
  sessionHandOverSchema,
  sessionTakeSchema,
  sessionSpotlightSchema,
  sessionSummonSchema,
  handRaiseSchema,
  handLowerSchema,
  bookRemoveSchema,
  bookRenameSchema,
  bookMoveSchema,
]);
export type Command = z.infer<typeof commandSchema>;
export type CommandKind = Command['kind'];
export type CommandOf<Kind extends CommandKind> = Extract<Command, { kind: Kind }>;

/** `seq` is the room's commit number: it grows by one with every committed command. */
export const ackSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), seq: z.number().int() }),
  z.object({ ok: z.literal(false), code: refusalCodeSchema, message: z.string() }),
]);
export type Ack = z.infer<typeof ackSchema>;
