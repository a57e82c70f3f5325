import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-authority.test.ts';

/** What a host, or one's own other browser, does takes effect on sockets that are open. */
export const authorityOnSockets: readonly Guard[] = [
  {
    ids: ['GD30'],
    test,
    file: 'server/rules/standing.ts',
    guard: "if (room.locked && !canModerate(member.role)) return refuse('room-locked');",
    instead: '',
  },
  {
    ids: ['GD30'],
    test,
    file: 'server/rules/standing.ts',
    guard: 'room.locked && !canModerate(member.role)',
    instead: 'room.locked',
  },
  {
    ids: ['GD31'],
    test,
    file: 'server/rules/standing.ts',
    guard: "if (member.muted) return refuse('muted');",
    instead: '',
  },
  {
    ids: ['GD32'],
    test,
    file: 'server/rules/session.ts',
    guard: ' || !canModerate(member.role)) return refuse',
    instead: ') return refuse',
  },
  {
    ids: ['GD32'],
    test,
    file: 'server/rooms/live-session.ts',
    guard: ' || this.#isAway(member)) return false;',
    instead: ') return false;',
  },
  {
    ids: ['GD33'],
    test,
    file: 'server/rooms/gathering.ts',
    guard: 'this.#onlookers.expelled(member);',
    instead: '',
  },
  {
    ids: ['GD33'],
    test,
    file: 'server/events/hub.ts',
    guard: 'room.onExpelled((member, code) => this.putOut((data) => data.member === member, code))',
    instead: '() => undefined',
  },
  {
    ids: ['GD33'],
    test,
    file: 'server/sync/relay.ts',
    guard: "ws.close(code === 'removed' ? closeCodes.forbidden : closeCodes.signedOut);",
    instead: 'void code;',
  },
  {
    ids: ['GD33'],
    test,
    title: 'while the removal was being written',
    file: 'server/rules/decide.ts',
    guard: "if (member.removed) return refuse('removed');",
    instead: '',
  },
  {
    ids: ['GD33'],
    test,
    file: 'server/doors/visitor.ts',
    guard: "if (member.removed) return refuse('removed');",
    instead: '',
  },
  {
    ids: ['GD34'],
    test,
    file: 'server/storage/sqlite/room-queries.ts',
    guard: "select(['room', 'role']).where('token', '=', token)",
    instead: "select(['room', 'role'])",
  },
  {
    ids: ['GD35'],
    test,
    file: 'server/doors/identity.ts',
    guard: 'for (const listener of this.#revokedListeners) listener(device, room);',
    instead: '',
  },
  {
    ids: ['GD35'],
    test,
    file: 'server/events/events.ts',
    guard: "this.#hubs.get(room)?.putOut((data) => data.device === device, 'signed-out');",
    instead: 'void [device, room];',
  },
  {
    ids: ['GD35'],
    test,
    file: 'server/sync/relay.ts',
    guard: 'if (seat.device === device && seat.room === room) seat.ws.close(closeCodes.signedOut);',
    instead: '',
  },
  {
    ids: ['GD36'],
    test,
    file: 'server/events/events.ts',
    guard: 'this.#parts.identity.revokedSince(revocations, device, room.id) || ',
    instead: '',
  },
  {
    ids: ['GD36'],
    test,
    file: 'server/sync/relay.ts',
    guard: 'this.#parts.identity.revokedSince(opened.revocations, device, room.id)',
    instead: 'false',
  },
  {
    ids: ['GD36'],
    test,
    file: 'server/sync/pad-relay.ts',
    guard: 'this.#parts.identity.revokedSince(revocations, device.id, room.id)',
    instead: 'false',
  },
  {
    ids: ['GD40', 'GD41'],
    test,
    file: 'server/rooms/command-round.ts',
    guard: 'const known = await this.#knownAnswer(asked);',
    instead: 'const known = null;',
  },
  {
    ids: ['GD41'],
    test,
    file: 'server/rooms/command-round.ts',
    guard: 'known.digest === commandDigest(command)',
    instead: 'true',
  },
  {
    ids: ['GD42'],
    test,
    file: 'server/storage/sqlite/room-queries.ts',
    guard: ".where('member', '=', member)\n    .where('id', '=', id)",
    instead: ".where('id', '=', id)",
  },
  {
    ids: ['GD43'],
    test,
    file: 'server/rooms/command-round.ts',
    guard: 'if (!decision.ok) {',
    // A refusal that is remembered under its id.
    instead: `if (!decision.ok) {
      const refused = { id: command.id, member: by, kind: command.kind, digest: commandDigest(command) };
      await this.#ledger.take({ command: refused, at: facts.now, changes: [] });
      this.#acts += 1;`,
  },
  {
    ids: ['GD44'],
    test,
    file: 'server/sync/relay.ts',
    guard: "if (name === 'book.removed' && !shelves(room, opened.chapter)) ws.close(closeCodes.notFound);",
    instead: 'void name;',
  },
];
