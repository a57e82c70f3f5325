import type { Guard } from './guard.ts';

const test = 'tests/unit/rooms/presence.test.ts';
const onThePage = 'tests/e2e/session.spec.ts';

/** Who is here: what is told, to whom, how often. */
export const presence: readonly Guard[] = [
  {
    ids: ['PR1'],
    test,
    file: 'server/rooms/gathering.ts',
    guard: `this.tellWaiting();
    return this.#presence.everybody();`,
    instead: `this.tellWaiting();
    return { full: true, here: [], left: [] };`,
  },
  {
    ids: ['PR1'],
    test,
    file: 'server/rooms/ticker.ts',
    guard: '}, TICK_MS).unref();',
    instead: '}, 0);\n    this.#tick();',
  },
  {
    ids: ['PR4'],
    test,
    file: 'server/rooms/presence.ts',
    guard: ' || entry.connections.size > 0',
    instead: '',
  },
  {
    ids: ['PR4'],
    test,
    file: 'server/rooms/presence.ts',
    guard: 'setTimeout(() => this.drop(member), PRESENCE_GRACE_MS)',
    instead: 'setTimeout(() => this.drop(member), 0)',
  },
  {
    ids: ['PR4'],
    test,
    file: 'server/rooms/presence.ts',
    guard: `if (entry.grace) clearTimeout(entry.grace);
    entry.grace = null;`,
    instead: '',
  },
  {
    ids: ['PR7'],
    test,
    file: 'server/rooms/presence.ts',
    guard: '(chapter === entry.present.chapter ? this.#moved : this.#came)',
    instead: 'this.#moved',
  },
  {
    ids: ['PR7'],
    test,
    file: 'server/rooms/presence.ts',
    guard: 'const left = [...this.#left];',
    instead: 'const left: MemberId[] = [];',
  },
  {
    ids: ['PR20'],
    test: onThePage,
    file: 'components/room/room-client.ts',
    guard: 'for (const member of tick.left) after.delete(member);',
    instead: '',
  },
  {
    ids: ['PR8'],
    test: 'tests/unit/events/hub.test.ts',
    file: 'server/events/hub.ts',
    guard: 'if (passing.has(name)) hearers = hearers.except(this.#slow());',
    instead: '',
  },
  {
    ids: ['PR8'],
    test: 'tests/unit/events/hub.test.ts',
    file: 'server/events/hub.ts',
    guard: "socket.emit('presence', this.#room.presence());",
    instead: '',
  },
  {
    ids: ['PR5'],
    test,
    file: 'server/rooms/presence.ts',
    guard: '[...waiting].slice(0, most)',
    instead: '[...waiting]',
  },
  {
    ids: ['PR6'],
    test,
    file: 'server/rooms/presence.ts',
    guard: 'if (movers.length >= MOVERS_PER_TICK_MAX) continue;',
    instead: '',
  },
  {
    ids: ['PR2'],
    test,
    file: 'server/rooms/gathering.ts',
    guard: 'if (whereabouts.chapter !== null && !this.#ledger.records.bookOf(whereabouts.chapter)) return;',
    instead: '',
  },
  {
    ids: ['PR2'],
    test,
    file: 'server/rooms/presence.ts',
    guard: 'if (!entry?.connections.has(connection)) return;',
    instead: 'if (!entry) return;',
  },
  {
    ids: ['PR3'],
    test,
    file: 'server/rooms/gathering.ts',
    guard: '!person || person.muted || person.removed',
    instead: '!person || person.removed',
  },
];
