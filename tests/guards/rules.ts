import type { Guard } from './guard.ts';

const roles = 'tests/unit/rules/roles.test.ts';
const records = 'tests/unit/rules/records.test.ts';
const events = 'tests/contract/events.test.ts';
const rounds = 'tests/unit/rooms/command-rounds.test.ts';
const rooms = 'tests/unit/rooms/rooms.test.ts';

/** Who may do what, as the rules say it, by the table of every command. */
export const rules: readonly Guard[] = [
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/decide.ts',
    guard: "if (member.removed) return refuse('removed');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/standing.ts',
    guard: "if (!member.muted && member.role === 'listener') return refuse('listeners-cannot-write');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/standing.ts',
    guard: "return canModerate(member.role) ? null : refuse('moderators-only');",
    instead: 'return null;',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/moderation.ts',
    guard: "if (subject.role === 'host') return refuse('host-stays');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/moderation.ts',
    guard: "if (subject.role === 'cohost' && by.role !== 'host') return refuse('host-only');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/moderation.ts',
    guard: "if (command.role === 'cohost' && member.role !== 'host') return refuse('host-only');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/session.ts',
    guard: 'facts.session.lectern !== member.id || ',
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/session.ts',
    guard: "if (!session.waiting && member.role !== 'host') return refuse('lectern-taken');",
    instead: '',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/annotation.ts',
    guard: `annotation.hidden) return refuse('not-found');
  if (annotation.author !== member.id) return refuse('not-yours');
  const barred = annotation.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  if (annotation.anchor === null`,
    instead: `annotation.hidden) return refuse('not-found');
  const barred = annotation.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  if (annotation.anchor === null`,
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/annotation.ts',
    guard: `if (annotation.author !== member.id) return refuse('not-yours');
  if (annotation.deleted) return allow();`,
    instead: 'if (annotation.deleted) return allow();',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/reply.ts',
    guard: `if (reply.author !== member.id) return refuse('not-yours');
  if (reply.deleted) return allow();`,
    instead: 'if (reply.deleted) return allow();',
  },
  {
    ids: ['CM1'],
    test: roles,
    file: 'server/rules/reaction.ts',
    guard: 'if (barred) return barred;',
    instead: '',
  },
  {
    ids: ['AN6'],
    test: records,
    file: 'server/rules/records-in-sight.ts',
    guard: "return annotation.visibility === 'room' || annotation.author === member ? annotation : null;",
    instead: 'return annotation;',
  },
  {
    ids: ['AN8'],
    test: records,
    file: 'server/rules/reaction.ts',
    guard: ' || target.record.hidden',
    instead: '',
  },
  {
    ids: ['EV8'],
    test: events,
    file: 'server/rules/standing.ts',
    guard: "if (!member.muted && member.role === 'listener') return refuse('listeners-cannot-write');",
    instead: '',
  },
  {
    ids: ['EV9'],
    test: events,
    file: 'server/rules/annotation.ts',
    guard: `if (annotation.author !== member.id) return refuse('not-yours');
  if (annotation.deleted) return allow();`,
    instead: 'if (annotation.deleted) return allow();',
  },
  {
    ids: ['CM12'],
    test: rounds,
    file: 'server/rooms/command-round.ts',
    guard: 'if (this.#isTwin(asked)) await this.#write();',
    instead: '',
  },
  {
    ids: ['RM4'],
    test: rooms,
    file: 'server/rules/door.ts',
    guard: "if (room.locked) return refuse('room-locked');",
    instead: '',
  },
  {
    ids: ['RM5'],
    test: rooms,
    file: 'server/rules/door.ts',
    guard: "return role === 'cohost' && member.role !== 'host' ? refuse('host-only') : null;",
    instead: 'return null;',
  },
];
