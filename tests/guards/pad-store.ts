import type { Guard } from './guard.ts';

const pad = 'tests/unit/rooms/pad.test.ts';
const seat = 'tests/unit/sync/pad-seat.test.ts';
const sockets = 'tests/contract/pad.test.ts';

/** A pad beside its store, and beside those who are slow: what anybody is told is on disk, and damage is no empty page. */
export const padStore: readonly Guard[] = [
  {
    ids: ['PD2'],
    test: sockets,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'await this.#commit([], [update]);',
    instead: '',
    waits: 'what is not on disk does not come down',
  },
  {
    ids: ['PD7'],
    test: 'tests/contract/pad-crash.test.ts',
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'await this.#commit([], [update]);',
    instead: '',
  },
  {
    ids: ['PD5'],
    test: sockets,
    file: 'server/sync/pad-relay.ts',
    guard:
      'if (asked.lineage !== null && asked.lineage !== pad.lineage) return { ok: false, code: closeCodes.lineage };',
    instead: '',
  },
  {
    ids: ['PD6'],
    test: sockets,
    file: 'server/sync/pad-relay.ts',
    guard: 'seat.send(beatFrame);',
    instead: '',
    waits: 'a beat that is not sent is not heard',
  },
  {
    ids: ['PD17'],
    test: sockets,
    file: 'server/rooms/pads/pads.ts',
    guard: 'this.#pads.get(book)?.end();',
    instead: '',
    waits: 'a socket that is not closed says nothing of it',
  },
  {
    ids: ['PD18'],
    test: sockets,
    file: 'server/sync/web-sockets.ts',
    guard: 'ws.close(SERVICE_RESTART);',
    instead: 'ws.close();',
  },
  {
    ids: ['PD23'],
    test: 'tests/unit/rooms/pad-update.test.ts',
    file: 'server/rooms/pads/pad-document.ts',
    guard: 'if (made.length === 0) return null;',
    instead: '',
  },
  {
    ids: ['PD40'],
    test: 'tests/contract/pad-hostile.test.ts',
    file: 'server/sync/pad-carets.ts',
    guard: '{ member: seated.member, cursor });',
    instead: '{ cursor } as never);',
  },
  {
    ids: ['PD43'],
    test: seat,
    file: 'server/sync/pad-seat.ts',
    guard: 'if (this.parts.ws.bufferedAmount <= SLOW_BACKLOG_BYTES) this.send(frame);',
    instead: 'this.send(frame);',
  },
  {
    ids: ['PD44'],
    test: seat,
    file: 'server/sync/pad-seat.ts',
    guard: `if (ws.bufferedAmount <= LOST_BACKLOG_BYTES + this.#answerBytes) {
      ws.send(frame);
      return;
    }`,
    instead: 'return ws.send(frame);',
  },
  {
    ids: ['PD50'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: `await this.#readAgain(before, []);
    }
    this.#waiting.splice(0, batch.length);`,
    instead: `}
    this.#waiting.splice(0, batch.length);`,
  },
  {
    ids: ['PD51'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'if (since) this.#tell(document.diff(since), null);\n      else',
    instead: '',
  },
  {
    ids: ['PD52'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'await this.#run(async () => give(this.#document.diff(stateVector), this.#document.stateVector()));',
    instead: 'give(this.#document.diff(stateVector), this.#document.stateVector());',
  },
  {
    ids: ['PD53'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'await this.#compact();',
    instead: '',
  },
  {
    ids: ['PD54'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'this.#waiting.slice(0, BATCH_MAX_UPDATES)',
    instead: 'this.#waiting.slice(0, 1)',
  },
  {
    ids: ['PD55'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'if (barred) refused.set(writing, barred);',
    instead: 'if (barred) throw new Error("refused");',
  },
  {
    ids: ['PD56'],
    test: pad,
    file: 'server/rooms/pads/pads.ts',
    guard: ' && read.clients().size < REBUILD_AT_CLIENTS',
    instead: '',
  },
  {
    ids: ['PD57'],
    test: pad,
    file: 'server/rooms/pads/pads.ts',
    guard: 'if (error instanceof SpoiltDocumentError) return null;',
    instead: '',
  },
  {
    ids: ['PD57'],
    test: pad,
    title: 'passes over',
    file: 'server/rooms/pads/rebuild-pad.ts',
    guard: 'if (found) return found;',
    instead: 'return found;',
  },
  {
    ids: ['PD58'],
    test: pad,
    title: 'what can still be read',
    file: 'server/rooms/pads/rebuild-pad.ts',
    guard: "await versions.make(readable, { cause: 'damaged', title: null, author: null });",
    instead: '[];',
  },
  {
    ids: ['PD58'],
    test: pad,
    title: 'found twice',
    file: 'server/rooms/pads/rebuild-pad.ts',
    guard: "cause === 'damaged' ? null : await versions.find(id);",
    instead: 'await versions.find(id);',
  },
];
