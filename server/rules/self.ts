import { refuse } from '#shared/protocol/refusal.ts';
import { allow, type Rule } from './facts.ts';

export const describeSelf: Rule<'self.describe'> = (_facts, member, command) => {
  // A name is read by everybody, so it is not left open to who may say nothing.
  if (member.muted) return refuse('muted');
  const { name, initials, ink } = command;
  if (member.name === name && member.initials === initials && member.ink === ink) return allow();
  return allow([{ table: 'member', row: { ...member, name, initials, ink } }]);
};

export const keepPlace: Rule<'self.place'> = (facts, member, command) => {
  const book = facts.bookOf(command.chapter);
  if (book === null) return refuse('not-found');
  return allow([
    {
      table: 'place',
      member: member.id,
      row: {
        chapter: command.chapter,
        book: book.id,
        position: command.position,
        progress: command.progress,
        // A clock that runs ahead must not mark as seen what nobody has written yet.
        seenAt: Math.min(command.seenAt, facts.now),
        updatedAt: facts.now,
      },
    },
  ]);
};
