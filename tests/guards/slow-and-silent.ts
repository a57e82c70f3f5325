import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-half-open.test.ts';
const limits = 'tests/contract/guard-limits.test.ts';
const slow = 'tests/contract/guard-slow-readers.test.ts';

/** Who does not read, does not answer, or fills what all share. */
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
    ids: ['GD20'],
    test,
    title: 'promises a body',
    file: 'server/start-server.ts',
    guard: 'requestTimeout: patience.request,',
    instead: 'requestTimeout: 0,',
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
    title: 'that was refused',
    file: 'server/sync/relay.ts',
    guard: `// Whoever is refused may take their time to hear it.
      letNextIn();`,
    instead: '',
    waits: 'the queue goes on, at the pace of those who hold it up',
  },
  {
    ids: ['GD25'],
    test,
    title: 'that was let in',
    file: 'server/sync/relay.ts',
    guard: 'const timer = setTimeout(letNextIn, ENTERING_MAX_MS);',
    instead: 'const timer = undefined;',
    waits: 'the queue stands until the silent are let go',
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
    ids: ['GD73'],
    test: limits,
    title: 'so many annotations',
    file: 'server/rules/annotation.ts',
    guard: "if (facts.annotationsInRoom() >= ANNOTATIONS_PER_ROOM_MAX) return refuse('room-full');",
    instead: '',
  },
  {
    ids: ['GD73'],
    test: limits,
    title: 'so many annotations',
    file: 'server/rooms/margins.ts',
    guard: 'if (isNew && this.#annotationsInRoom !== null) this.#annotationsInRoom += 1;',
    instead: '',
  },
  {
    ids: ['GD73'],
    test: limits,
    title: 'so many annotations',
    file: 'server/rooms/margins.ts',
    guard: `forget(chapters: readonly ChapterId[]): void {
    this.#annotationsInRoom = null;`,
    instead: 'forget(chapters: readonly ChapterId[]): void {',
  },
  {
    ids: ['GD73'],
    test: limits,
    title: 'so many bytes of pictures',
    file: 'server/rules/shelf.ts',
    guard: "return brought > 0 && held + brought > PICTURES_PER_ROOM_MAX_BYTES ? refuse('room-full') : null;",
    instead: 'return null;',
  },
];
