import type { Guard } from './guard.ts';

const events = 'tests/contract/events.test.ts';
const sync = 'tests/contract/sync.test.ts';

/** The doors of both kinds of socket: who comes in, and what a read-only document takes and shows. */
export const socketDoors: readonly Guard[] = [
  {
    ids: ['EV2'],
    test: events,
    file: 'server/doors/visitor.ts',
    guard: "if (!device || !memberId) return refuse('signed-out');",
    instead: '',
  },
  {
    ids: ['EV3'],
    test: events,
    file: 'server/events/events.ts',
    guard: "if (auth.data.protocol !== PROTOCOL_VERSION) return 'outdated';",
    instead: '',
  },
  {
    ids: ['EV19'],
    test: events,
    file: 'server/doors/visitor.ts',
    guard: "if (!device || !memberId) return refuse('signed-out');",
    instead: '',
  },
  {
    ids: ['SY5'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!device) return { ok: false, code: closeCodes.signedOut };',
    instead: '',
  },
  {
    ids: ['SY6'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!memberId) return { ok: false, code: closeCodes.forbidden };',
    instead: '',
  },
  {
    ids: ['SY8'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'room.notesDocument(chapter, member)',
    instead: 'room.notesDocument(chapter, room.members()[1]?.id ?? member)',
  },
  {
    ids: ['SY11', 'SY12', 'SY13'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: "if (frame === null || frame.kind === 'writes') return ws.close(closeCodes.malformed);",
    instead: "if (frame === null || frame.kind === 'writes') return;",
  },
  {
    ids: ['SY32'],
    test: 'tests/unit/sync/audience.test.ts',
    file: 'server/sync/audience.ts',
    guard: 'if (removes || whole.bytes > whole.bytesMax)',
    instead: 'if (whole.bytes > whole.bytesMax)',
  },
];
