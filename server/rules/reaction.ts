import { EMOJI_PER_TARGET_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { allow, type Rule } from './facts.ts';
import { targetInRoom } from './records-in-sight.ts';
import { silenced } from './standing.ts';

export const toggleReaction: Rule<'reaction.toggle'> = (facts, member, command) => {
  const barred = silenced(facts.room, member);
  if (barred) return barred;
  const target = targetInRoom(facts, command.target);
  if (target === null || target.record.hidden) return refuse('not-found');
  const reactions = facts.reactionsOf(command.target);
  const people = Object.hasOwn(reactions, command.emoji) ? reactions[command.emoji] : undefined;
  if ((people?.includes(member.id) ?? false) === command.on) return allow();
  if (people === undefined && Object.keys(reactions).length >= EMOJI_PER_TARGET_MAX) return refuse('too-many');
  return allow([
    {
      table: 'reaction',
      row: { target: command.target, emoji: command.emoji, member: member.id },
      on: command.on,
    },
  ]);
};
