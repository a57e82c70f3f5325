import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-half-open.test.ts';
const limits = 'tests/contract/guard-limits.test.ts';
const slow = 'tests/contract/guard-slow-readers.test.ts';
const presence = 'tests/unit/rooms/presence.test.ts';

/** Who does not read, does not answer, or fills what all share; and presence, which has a budget. */
export const slowAndSilent: readonly Guard[] = [
  {
    ids: ['GD20'],
    test,
    title: 'connects and never asks',
    file: 'server/start-server.ts',
    guard: 'headersTimeout: patience.headers,',
    instead: 'headersTimeout: 0,',
    also: [
      { file: 'server/start-server.ts', guard: 'requestTimeout: patience.request,', instead: 'requestTimeout: 0,' },
    ],
    waits: 'nothing happens, and of that there is no sign',
  },
  {
    ids: ['GD21'],
    test,
    file: 'server/events/events.ts',
    guard: 'connectTimeout: parts.deadlines.handshake,',
    instead: 'connectTimeout: 2_000_000_000,',
    waits: 'nothing happens, and of that there is no sign',
  },
  {
    ids: ['GD22'],
    test,
    file: 'server/events/events.ts',
    guard: 'pingInterval: parts.deadlines.ping,',
    instead: 'pingInterval: 2_000_000_000,',
    waits: 'nothing happens, and of that there is no sign',
  },
  {
    ids: ['GD23'],
    test,
    file: 'server/sync/seat.ts',
    guard: 'this.ws.terminate();',
    instead: '',
    waits: 'nothing happens, and of that there is no sign',
  },
  {
    ids: ['GD24'],
    test,
    file: 'server/sync/web-sockets.ts',
    guard: 'closeTimeout: parts.deadlines.close,',
    instead: 'closeTimeout: 2_000_000_000,',
    waits: 'nothing happens, and of that there is no sign',
  },
  {
    ids: ['GD25'],
    test,
    file: 'server/sync/relay.ts',
    guard: `// Whoever is refused may take their time to hear it.
      letNextIn();`,
    instead: '',
    waits: 'the queue goes on, at the pace of those who hold it up',
  },
  {
    ids: ['GD70'],
    test: limits,
    file: 'server/rules/room-left.ts',
    guard: "if (facts.memberBytes(chapter, by) + bytes > MEMBER_MARGIN_MAX_BYTES) return refuse('too-many');",
    instead: '',
  },
  {
    ids: ['GD71'],
    test: limits,
    file: 'shared/records/annotation.ts',
    guard: ".replace(controls, '')",
    instead: '',
  },
  {
    ids: ['GD71'],
    test: limits,
    file: 'shared/records/annotation.ts',
    guard: 'body.toWellFormed()',
    instead: 'body',
  },
  {
    ids: ['GD72'],
    test: 'tests/unit/rules/records.test.ts',
    file: 'server/rules/room-left.ts',
    guard: "if (forAll && facts.marginBytes(chapter) + bytes > MARGIN_MAX_BYTES) return refuse('too-many');",
    instead: '',
  },
  {
    ids: ['GD72'],
    test: 'tests/unit/rules/records.test.ts',
    file: 'server/rules/room-left.ts',
    guard: 'growth === null || growth.bytes <= 0',
    instead: 'growth === null',
  },
  {
    ids: ['GD80'],
    test: slow,
    file: 'server/sync/seat.ts',
    guard: 'if (this.#socket.writableLength <= LOST_BACKLOG_BYTES + this.#answerBytes) return true;',
    instead: 'return true;',
  },
  {
    ids: ['GD80'],
    test: slow,
    file: 'server/sync/seat.ts',
    guard: `this.#onFellBehind();
    this.ws.close(TRY_AGAIN_LATER);`,
    instead: '',
  },
  {
    ids: ['GD81'],
    test: slow,
    file: 'server/events/hub.ts',
    guard: `this.#fellBehind();
        socket.conn.close(true);
        socket.request.socket.destroy();`,
    instead: '',
    waits: 'who keeps up is looked at by the second',
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
    test: presence,
    file: 'server/rooms/presence.ts',
    guard: '[...waiting].slice(0, most)',
    instead: '[...waiting]',
  },
  {
    ids: ['PR6'],
    test: presence,
    file: 'server/rooms/presence.ts',
    guard: 'if (movers.length >= MOVERS_PER_TICK_MAX) continue;',
    instead: '',
  },
  {
    ids: ['PR2'],
    test: presence,
    file: 'server/rooms/gathering.ts',
    guard: 'if (whereabouts.chapter !== null && !this.#ledger.records.bookOf(whereabouts.chapter)) return;',
    instead: '',
  },
  {
    ids: ['PR2'],
    test: presence,
    file: 'server/rooms/presence.ts',
    guard: 'if (!entry?.connections.has(connection)) return;',
    instead: 'if (!entry) return;',
  },
  {
    ids: ['PR3'],
    test: presence,
    file: 'server/rooms/gathering.ts',
    guard: '!person || person.muted || person.removed',
    instead: '!person || person.removed',
  },
];
