import type { Guard } from './guard.ts';

const sync = 'tests/contract/sync.test.ts';
const audience = 'tests/unit/sync/audience.test.ts';
const admission = 'tests/unit/sync/admission.test.ts';

/** Documents that are only read: who may, how a crowd comes in, and how it is sent what is written. */
export const readOnlyDocuments: readonly Guard[] = [
  {
    ids: ['SY2'],
    test: sync,
    file: 'server/rooms/live-document.ts',
    guard:
      'return this.#doc ? Y.encodeStateAsUpdate(this.#doc, stateVector) : Y.diffUpdate(this.#whole(), stateVector);',
    instead: 'return this.#whole();',
  },
  {
    ids: ['SY7'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!asked) return { ok: false, code: closeCodes.notFound };',
    instead: '',
  },
  {
    ids: ['SY7'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!document) return { ok: false, code: closeCodes.notFound };',
    instead: '',
    also: [
      {
        file: 'server/sync/relay.ts',
        guard: 'if (!shelves(room, opened.chapter)) return ws.close(closeCodes.notFound);',
        instead: '',
      },
    ],
  },
  {
    ids: ['SY4'],
    test: sync,
    file: 'server/sync/seat.ts',
    guard: 'this.send(framedBeat);',
    instead: '',
    waits: 'a beat that is not sent is not heard',
  },
  {
    ids: ['SY9'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: "ws.close(code === 'removed' ? closeCodes.forbidden : closeCodes.signedOut);",
    instead: '',
  },
  {
    ids: ['SY9'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (room.member(member)?.removed !== false) return ws.close(closeCodes.forbidden);',
    instead: '',
  },
  {
    ids: ['SY10'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (seat.device === device && seat.room === room) seat.ws.close(closeCodes.signedOut);',
    instead: '',
  },
  {
    ids: ['SY18'],
    test: sync,
    file: 'server/sync/web-sockets.ts',
    guard: 'ws.close(SERVICE_RESTART);',
    instead: 'ws.close();',
  },
  {
    ids: ['SY30'],
    test: audience,
    file: 'server/sync/pace.ts',
    guard: 'Math.min(REST_MAX_MS, (to - from) * REST_FACTOR)',
    instead: '0',
  },
  {
    ids: ['SY30'],
    test: audience,
    file: 'server/sync/pace.ts',
    guard: 'if (rest <= 0) this.#run();\n    else {',
    instead: '{',
  },
  {
    ids: ['SY31'],
    test: audience,
    file: 'server/sync/audience.ts',
    guard: 'if (this.#whole) this.#append(this.#whole, frame, update);',
    instead: '',
  },
  {
    ids: ['SY31'],
    test: audience,
    file: 'server/sync/audience.ts',
    guard: 'else this.#whole = null;',
    instead: '',
  },
  {
    ids: ['SY33'],
    test: audience,
    file: 'server/sync/web-socket-frame.ts',
    guard: 'if (length < LENGTH_IN_2_BYTES)',
    instead: 'if (length <= LENGTH_IN_2_BYTES)',
  },
  {
    ids: ['SY34'],
    test: admission,
    file: 'server/sync/admission.ts',
    guard: 'else await new Promise<void>((resolve) => this.#waiting.push(resolve));',
    instead: '',
  },
  {
    ids: ['SY34'],
    test: admission,
    file: 'server/sync/admission.ts',
    guard: 'if (!inside) return;',
    instead: '',
  },
];
