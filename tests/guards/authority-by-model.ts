import type { Guard } from './guard.ts';

const model = 'tests/fuzz/authority.test.ts';

/** Who may do what, beside a model of it: random members, roles and wishes. */
export const authorityByModel: readonly Guard[] = [
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/annotation.ts',
    guard: `if (annotation.author !== member.id) return refuse('not-yours');
  if (annotation.deleted) return allow();`,
    instead: 'if (annotation.deleted) return allow();',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/reply.ts',
    guard: `if (reply.author !== member.id) return refuse('not-yours');
  if (reply.deleted) return allow();`,
    instead: 'if (reply.deleted) return allow();',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "return canModerate(member.role) ? null : refuse('moderators-only');",
    instead: 'return null;',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "if (member.muted) return refuse('muted');",
    instead: '',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "if (room.locked && !canModerate(member.role)) return refuse('room-locked');",
    instead: '',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/moderation.ts',
    guard: "if (subject.role === 'cohost' && by.role !== 'host') return refuse('host-only');",
    instead: '',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rooms/margin-view.ts',
    guard: "if (annotation.visibility === 'private' && annotation.author !== member) continue;",
    instead: '',
  },
  {
    ids: ['FT20'],
    test: model,
    file: 'server/rules/decide.ts',
    guard: "if (member.removed) return refuse('removed');",
    instead: '',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/annotation.ts',
    guard: `if (annotation.author !== member.id) return refuse('not-yours');
  if (annotation.deleted) return allow();`,
    instead: 'if (annotation.deleted) return allow();',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/reply.ts',
    guard: `if (reply.author !== member.id) return refuse('not-yours');
  if (reply.deleted) return allow();`,
    instead: 'if (reply.deleted) return allow();',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "return canModerate(member.role) ? null : refuse('moderators-only');",
    instead: 'return null;',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "if (member.muted) return refuse('muted');",
    instead: '',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/standing.ts',
    guard: "if (room.locked && !canModerate(member.role)) return refuse('room-locked');",
    instead: '',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rules/moderation.ts',
    guard: "if (subject.role === 'cohost' && by.role !== 'host') return refuse('host-only');",
    instead: '',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/rooms/projection.ts',
    guard: "annotation.visibility === 'room' ? null : annotation.author;",
    instead: 'null;',
  },
  {
    ids: ['FT21'],
    test: model,
    file: 'server/sync/relay.ts',
    guard: 'if (room.member(member)?.removed !== false) return ws.close(closeCodes.forbidden);',
    instead: '',
  },
];
