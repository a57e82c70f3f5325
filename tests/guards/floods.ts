import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-floods.test.ts';
const events = 'tests/contract/events.test.ts';
const sync = 'tests/contract/sync.test.ts';

/** Too much of something: frames, bytes, commands, sockets, joins, rooms. */
export const floods: readonly Guard[] = [
  {
    ids: ['GD1'],
    test,
    title: 'of whereabouts',
    file: 'server/events/wire-gate.ts',
    guard: "if (!doors.wireFrames.take(name).ok) return cutOff('frames');",
    instead: '',
  },
  {
    ids: ['GD1'],
    test,
    title: 'of bytes',
    file: 'server/events/wire-gate.ts',
    guard: "if (!doors.wireBytes.take(name, data.length).ok) return cutOff('bytes');",
    instead: '',
  },
  {
    ids: ['GD1'],
    test,
    title: 'of commands',
    file: 'server/events/wire-gate.ts',
    guard: 'connection.close(true);',
    instead: '',
    also: [{ file: 'server/events/wire-gate.ts', guard: 'connection.request.socket.destroy();', instead: '' }],
  },
  {
    ids: ['GD1'],
    test,
    title: 'of commands',
    file: 'server/rooms/command-desk.ts',
    guard: 'return this.#buckets.take(by) ? ',
    instead: 'return true ? ',
  },
  {
    ids: ['GD2'],
    test,
    file: 'server/events/frames.ts',
    guard:
      "if (!doors.memberCommands.take(`${room.id}:${member}`).ok) return answer('unreadable', refuse('too-fast'));",
    instead: '',
  },
  {
    ids: ['GD3'],
    test,
    title: 'what one member may hold',
    file: 'server/events/events.ts',
    guard: 'if (!this.#held.take([member, device])) {',
    instead: 'if (!this.#held.take([])) {',
  },
  {
    ids: ['GD3'],
    test,
    title: 'over many rooms',
    file: 'server/events/events.ts',
    guard: 'if (!this.#held.take([member, device])) {',
    instead: 'if (!this.#held.take([member])) {',
  },
  {
    ids: ['GD4'],
    test,
    file: 'server/events/events.ts',
    guard: "if (!this.#parts.doors.entrances.take(who.device.id).ok) return 'too-fast';",
    instead: '',
  },
  {
    ids: ['GD4'],
    test,
    file: 'server/sync/relay.ts',
    guard: 'if (!this.#parts.doors.entrances.take(device.id).ok) return { ok: false, code: TRY_AGAIN_LATER };',
    instead: '',
  },
  {
    ids: ['GD7'],
    test,
    file: 'server/http/room-routes.ts',
    guard: 'if (barred) return answerRefusal(c, barred);',
    instead: '',
  },
  {
    ids: ['GD7'],
    test,
    file: 'server/http/invite-routes.ts',
    guard: `const barred = cannotBindMore(device);
    if (barred) return answerRefusal(c, barred);`,
    instead: '',
  },
  {
    ids: ['GD7'],
    test,
    file: 'server/http/device-routes.ts',
    guard: `const barred = cannotBindMore(c.get('device'));
    if (barred) return answerRefusal(c, barred);`,
    instead: '',
  },
  {
    ids: ['GD8'],
    test: 'tests/unit/rooms/unloading.test.ts',
    file: 'server/rooms/create-rooms.ts',
    guard: 'if (this.#entries.size > ROOMS_KEPT_MAX) this.#letGoOfUnused(ROOM_STAYS_MS);',
    instead: '',
  },
  {
    ids: ['EV11'],
    test: events,
    file: 'server/events/frames.ts',
    guard: 'if (strikes === STRIKES_MAX) {',
    instead: 'if (strikes === Number.POSITIVE_INFINITY) {',
  },
  {
    ids: ['EV12'],
    test: events,
    file: 'server/events/events.ts',
    guard: 'maxHttpBufferSize: SOCKET_MESSAGE_MAX_BYTES,',
    instead: '',
  },
  {
    ids: ['EV14'],
    test: events,
    file: 'server/events/frames.ts',
    guard: "if (!doors.roomCommands.take(room.id).ok) return answer('unreadable', refuse('too-fast'));",
    instead: '',
  },
  {
    ids: ['SY14'],
    test: sync,
    file: 'server/sync/web-sockets.ts',
    guard: 'maxPayload: parts.frameMaxBytes,',
    instead: '',
  },
  {
    ids: ['SY16'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!this.#parts.doors.syncFrames.take(bucket).ok) return ws.close(closeCodes.tooMany);',
    instead: '',
  },
  {
    ids: ['SY17'],
    test: sync,
    file: 'server/sync/relay.ts',
    guard: 'if (!this.#held.take([member, device])) return ws.close(closeCodes.tooMany);',
    instead: '',
  },
];
