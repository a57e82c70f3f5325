import { REPLIES_PER_THREAD_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { allow, type Rule } from './facts.ts';
import { idTaken } from './records-in-sight.ts';
import { cannotWrite } from './standing.ts';

export const createReply: Rule<'reply.create'> = (facts, member, command) => {
  const barred = cannotWrite(facts.room, member);
  if (barred) return barred;
  const annotation = facts.annotation(command.annotation);
  if (annotation === null || annotation.visibility === 'private' || annotation.hidden) return refuse('not-found');
  // A deleted parent that replies hang on still stands there as 'deleted', and its thread may go on.
  if (annotation.deleted && facts.standingReplies(annotation.id) === 0) return refuse('not-found');
  if (idTaken(facts, command.reply)) return refuse('id-taken');
  if (command.body === '') return refuse('empty-note');
  if (facts.threadLength(annotation.id) >= REPLIES_PER_THREAD_MAX) return refuse('too-many');
  return allow([
    {
      table: 'reply',
      row: {
        id: command.reply,
        annotation: annotation.id,
        author: member.id,
        body: command.body,
        createdAt: facts.now,
        editedAt: null,
        deleted: false,
        hidden: false,
      },
    },
  ]);
};

export const editReply: Rule<'reply.edit'> = (facts, member, command) => {
  const reply = facts.reply(command.reply);
  if (reply === null || reply.deleted || reply.hidden) return refuse('not-found');
  if (reply.author !== member.id) return refuse('not-yours');
  const barred = cannotWrite(facts.room, member);
  if (barred) return barred;
  if (command.body === '') return refuse('empty-note');
  if (reply.body === command.body) return allow();
  return allow([{ table: 'reply', row: { ...reply, body: command.body, editedAt: facts.now } }]);
};

// Taking one's own words back is not writing: a muted member, a listener, anyone in a locked room may always do it.
export const deleteReply: Rule<'reply.delete'> = (facts, member, command) => {
  const reply = facts.reply(command.reply);
  if (reply === null) return refuse('not-found');
  if (reply.author !== member.id) return refuse('not-yours');
  if (reply.deleted) return allow();
  return allow([{ table: 'reply', row: { ...reply, deleted: true } }]);
};

export const undeleteReply: Rule<'reply.undelete'> = (facts, member, command) => {
  const reply = facts.reply(command.reply);
  if (reply === null || reply.hidden) return refuse('not-found');
  if (reply.author !== member.id) return refuse('not-yours');
  const barred = cannotWrite(facts.room, member);
  if (barred) return barred;
  if (!reply.deleted) return allow();
  // Its words were purged in the meantime.
  if (reply.body === '') return refuse('not-found');
  return allow([{ table: 'reply', row: { ...reply, deleted: false } }]);
};
