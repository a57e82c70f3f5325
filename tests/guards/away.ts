import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-away.test.ts';
const sync = 'tests/contract/sync.test.ts';

/** Clients that were away: what they wrote, and what became of the room meanwhile. */
export const away: readonly Guard[] = [
  {
    ids: ['GD50'],
    test,
    file: 'components/room/outbox.ts',
    guard: '} else if (refusals[ack.code].retry) {',
    instead: '} else if (false) {',
  },
  {
    ids: ['GD50'],
    test,
    file: 'components/room/outbox.ts',
    guard: 'if (this.#pumping) return;',
    instead: '',
  },
  {
    ids: ['GD51'],
    test,
    file: 'components/room/outbox.ts',
    guard: "this.#replace(command.id, { command, madeAt, state: 'refused', refusal });",
    instead: 'this.#drop(command.id);',
  },
  {
    ids: ['GD51'],
    test,
    file: 'server/rules/reply.ts',
    guard: "if (annotation.deleted && facts.standingReplies(annotation.id) === 0) return refuse('not-found');",
    instead: '',
  },
  {
    ids: ['GD51'],
    test,
    file: 'server/rules/reply.ts',
    guard: " || annotation.hidden) return refuse('not-found');",
    instead: ") return refuse('not-found');",
  },
  {
    ids: ['GD52'],
    test,
    title: 'made a listener',
    file: 'server/rules/standing.ts',
    guard: "if (!member.muted && member.role === 'listener') return refuse('listeners-cannot-write');",
    instead: '',
  },
  {
    ids: ['GD52'],
    test,
    title: 'muted',
    file: 'server/rules/standing.ts',
    guard: "if (member.muted) return refuse('muted');",
    instead: '',
  },
  {
    ids: ['GD52'],
    test,
    title: 'locked out',
    file: 'server/rules/standing.ts',
    guard: "if (room.locked && !canModerate(member.role)) return refuse('room-locked');",
    instead: '',
  },
  {
    ids: ['GD52'],
    test,
    file: 'server/rules/annotation.ts',
    guard: "const barred = command.visibility === 'room' ? cannotWrite(facts.room, member) : null;",
    instead: 'const barred = cannotWrite(facts.room, member);',
  },
  {
    ids: ['GD53'],
    test,
    file: 'server/doors/visitor.ts',
    guard: "if (member.removed) return refuse('removed');",
    instead: '',
    also: [{ file: 'server/events/events.ts', guard: ' || room.member(member)?.removed !== false) {', instead: ') {' }],
  },
  {
    ids: ['GD54'],
    test,
    file: 'server/start-server.ts',
    guard: 'now() - COMMANDS_KNOWN_MS',
    instead: 'now()',
  },
  {
    ids: ['GD54'],
    test,
    file: 'server/rooms/command-round.ts',
    guard: 'const known = await this.#knownAnswer(asked);',
    instead: 'const known = null;',
  },
  {
    ids: ['GD55'],
    test,
    file: 'server/sync/relay.ts',
    guard:
      'if (asked.lineage !== null && asked.lineage !== document.lineage) return { ok: false, code: closeCodes.lineage };',
    instead: '',
  },
  {
    ids: ['GD55'],
    test,
    file: 'server/rooms/margins.ts',
    guard: 'firstLineage(name, await this.#history()) : newId();',
    instead: 'firstLineage(name, await this.#history()) : (stored?.lineage ?? newId());',
  },
  {
    ids: ['SY3'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard:
      'if (asked.lineage !== null && asked.lineage !== document.lineage) return { ok: false, code: closeCodes.lineage };',
    instead: '',
  },
];
