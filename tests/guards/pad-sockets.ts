import type { Guard } from './guard.ts';

const hostile = 'tests/contract/pad-hostile.test.ts';
const pad = 'tests/contract/pad.test.ts';

/** Who comes to a pad, who writes there, and what is passed on. */
export const padSockets: readonly Guard[] = [
  {
    ids: ['PD10'],
    test: pad,
    file: 'server/sync/pad-relay.ts',
    guard: 'if (!device) return { ok: false, code: closeCodes.signedOut };',
    instead: '',
  },
  {
    ids: ['PD10'],
    test: pad,
    file: 'server/sync/pad-relay.ts',
    guard: 'if (!asked) return { ok: false, code: closeCodes.notFound };',
    instead: '',
  },
  {
    ids: ['PD11', 'PD12'],
    test: pad,
    file: 'server/rules/pad.ts',
    guard: 'cannotWrite(room, member)',
    instead: 'null',
  },
  {
    ids: ['PD11', 'PD12'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: `const { member, update } = writing;
    const barred = this.#parts.rules.cannotWrite(member);
    if (barred) return barred;`,
    instead: 'const { member, update } = writing;',
  },
  {
    ids: ['PD13'],
    test: pad,
    file: 'server/sync/pad-relay.ts',
    guard: "code === 'removed' ? closeCodes.forbidden",
    instead: 'code === null ? closeCodes.forbidden',
  },
  {
    ids: ['PD14'],
    test: pad,
    file: 'server/sync/pad-relay.ts',
    guard: 'if (seat.device === device && seat.room === room) seat.ws.close(closeCodes.signedOut);',
    instead: '',
  },
  {
    ids: ['PD15'],
    test: pad,
    file: 'server/rooms/pads/pad-clients.ts',
    guard: 'if (clients.some((client) => !isFree(client) && this.#owners.get(client) !== member)) return false;',
    instead: '',
  },
  {
    ids: ['PD15'],
    test: pad,
    file: 'server/rooms/pads/pad-clients.ts',
    guard: 'new Map(claimed.map(({ client, member }) => [client, member]))',
    instead: 'new Map()',
  },
  {
    ids: ['PD16'],
    test: pad,
    file: 'server/sync/pad-table.ts',
    guard: 'this.#seats.get(seat.client)?.parts.ws.close(closeCodes.tooMany);',
    instead: '',
  },
  {
    ids: ['PD30'],
    test: hostile,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'const { clients } = this.#document.check(update);',
    instead: 'const clients: number[] = [];',
  },
  {
    ids: ['PD30'],
    test: hostile,
    file: 'server/sync/pad-seat.ts',
    guard: 'else ws.close(closeCodeOf(outcome.code));',
    instead: '',
  },
  {
    ids: ['PD31'],
    test: hostile,
    file: 'server/sync/pad-relay.ts',
    guard: 'if (!(await pad.claim(member.id, asked.client))) return { ok: false, code: closeCodes.clientTaken };',
    instead: '',
  },
  {
    ids: ['PD31', 'PD32'],
    test: hostile,
    file: 'server/rooms/pads/live-pad.ts',
    guard: "return refuse('not-yours');",
    instead: 'void 0;',
  },
  {
    ids: ['PD32'],
    test: hostile,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'if (client === this.#document.serverClient) return false;',
    instead: '',
    also: [{ file: 'server/rooms/pads/pad-clients.ts', guard: ' && !written.has(client);', instead: ';' }],
  },
  {
    ids: ['PD32'],
    test: hostile,
    file: 'server/rooms/pads/pad-clients.ts',
    guard: 'fresh.length > PAD_FRESH_CLAIMS_MAX || ',
    instead: '',
  },
  {
    ids: ['PD33'],
    test: hostile,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (!(clock >= 0 && len > 0 && clock + len <= after)) throw new GapError('a deletion of the future');",
    instead: '',
    also: [
      {
        file: 'server/rooms/pads/pad-document.ts',
        guard:
          "if (pendingStructs !== null || pendingDs !== null) throw new SpoiltDocumentError('an update waits for another');",
        instead: '',
      },
    ],
  },
  {
    ids: ['PD34'],
    test: hostile,
    file: 'server/sync/pad-seat.ts',
    guard: `if (frame === null) ws.close(closeCodes.malformed);
    else if`,
    instead: `if (frame === null) return;
    if`,
  },
  {
    ids: ['PD34'],
    test: hostile,
    file: 'server/sync/pad-frames.ts',
    guard: 'if (decoding.hasContent(decoder)) return null;',
    instead: '',
  },
  {
    ids: ['PD35'],
    test: hostile,
    file: 'server/sync/pad-relay.ts',
    guard: 'frameMaxBytes: PAD_FRAME_MAX_BYTES,',
    instead: 'frameMaxBytes: 100_000_000,',
  },
  {
    ids: ['PD35'],
    test: hostile,
    file: 'server/sync/pad-seat.ts',
    guard: '!doors.padFrames.take(key).ok || ',
    instead: '',
  },
  {
    ids: ['PD36'],
    test: hostile,
    file: 'server/rooms/pads/live-pad.ts',
    guard: "if (clients.length > 0 && !this.#fits(update)) return refuse('pad-full');",
    instead: '',
  },
  {
    ids: ['PD37'],
    test: hostile,
    file: 'server/sync/pad-seat.ts',
    guard: `if (isWhole || this.#isWhole) ws.close(closeCodes.unsound);
      else `,
    instead: '',
  },
  {
    ids: ['PD37'],
    test: hostile,
    file: 'server/sync/pad-seat.ts',
    guard: 'this.#writes += 1 + (this.#isWhole ? this.#early : 0);',
    instead: 'this.#writes += 1;',
  },
  {
    ids: ['PD41'],
    test: hostile,
    file: 'server/sync/pad-frames.ts',
    guard: 'if (id !== client) continue;',
    instead: '',
  },
  {
    ids: ['PD41'],
    test: hostile,
    file: 'server/sync/pad-frames.ts',
    guard: 'if (text.length > CARET_MAX_BYTES) return null;',
    instead: '',
  },
  {
    ids: ['PD42'],
    test: hostile,
    file: 'server/sync/pad-carets.ts',
    guard: `if (!this.#changed.has(seated.client)) seated.sendCarets(all);
      else if`,
    instead: `seated.sendCarets(all);
      if`,
  },
];
