import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { ackSchema } from '#shared/protocol/command.ts';
import { annotationSchema } from '#shared/records/annotation.ts';
import { newId } from '#shared/records/ids.ts';
import { roomStateSchema } from '#shared/records/room.ts';
import { type GuardedRoom, guardedRoom } from '#tests/support/guarded-room.ts';
import { hostileValues, prototypeNames, soundCommands, spoiltCommands } from '#tests/support/hostile-values.ts';
import { stillAnswers } from '#tests/support/still-answers.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';
import { closed, command, type EventSocket, heard, Visitor } from '#tests/support/visitor.ts';
import { enterByWire, openWire } from '#tests/support/wire.ts';

const PINO_ERROR = 50;
/** Fewer than the strikes that end a socket. */
const FRAMES_A_SOCKET = 12;

let server: TestServer;
let room: GuardedRoom;

/** What would have ended the server, and what then never gets its answer is not waited for. */
const uncaught: unknown[] = [];
let surprised = Promise.withResolvers<string>();
const onUncaught = (error: unknown): void => {
  uncaught.push(error);
  surprised.resolve('the server was surprised');
};

beforeAll(async () => {
  server = await startTestServer();
  process.on('uncaughtException', onUncaught);
});
afterAll(() => {
  process.off('uncaughtException', onUncaught);
  return server.close();
});
beforeEach(async () => {
  uncaught.length = 0;
  surprised = Promise.withResolvers<string>();
  room = await guardedRoom(server);
});
afterEach(() => {
  room.leave();
  // Nothing that anybody sends may surprise the server.
  const surprises = server.logLines().filter((line) => (JSON.parse(line) as { level: number }).level >= PINO_ERROR);
  if (surprises.length > 0) throw new Error(surprises.join(''));
  if (uncaught.length > 0) throw new Error(uncaught.join('; '));
  if ('polluted' in {}) throw new Error('the prototype of every object was changed');
});

const syncPath = () => `/sync/${room.made.room.id}/margin/${room.chapter}`;
const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });

/** Ends a socket from this side; whatever it sent has been read when the other side has answered that. */
async function leave(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const end = closed(socket);
  socket.close();
  await Promise.race([end, surprised.promise]);
}

const DEEP = 20_000;
const packets = [
  '',
  '2',
  '2[]',
  '2[null]',
  '2[{}]',
  '2["command"',
  '2["command"]',
  '2["command",null,null,null]',
  `2["command",${'['.repeat(DEEP)}${']'.repeat(DEEP)}]`,
  `2["command",${'{"a":'.repeat(DEEP / 2)}1${'}'.repeat(DEEP / 2)}]`,
  '299999999999999999999["command",{}]',
  '2["disconnect"]',
  '2["disconnecting"]',
  '2["connect"]',
  '2["connect_error",{}]',
  '2["newListener","x"]',
  '2["removeListener","x"]',
  '2["error",{"message":"mine"}]',
  ...prototypeNames.flatMap((name) => [`2["${name}",{}]`, `2["command",{"kind":"${name}"}]`]),
  '2["goodbye",{"code":"removed"}]',
  '2["room.state",{}]',
  '2/admin,["command",{}]',
  '0',
  '0/admin,{}',
  '1',
  '1/admin,',
  '3[{}]',
  '31["x"]',
  '4{"message":"mine"}',
  '51-["command",{"_placeholder":true,"num":0}]',
  '59999999-["command"]',
  '61-1[{"_placeholder":true,"num":0}]',
  '9',
  '\u0000',
  '{"__proto__":1}',
];

describe('frames of every wrong shape, to events', () => {
  it.each([
    ['before anybody is let in', () => openWire(room.hostile)],
    ['from a member', () => enterByWire(room.hostile, room.made.room.id)],
    ['from nobody', () => openWire(new Visitor(server.origin))],
  ])('GD10 %s: at worst they end their own connection', async (_when, open) => {
    for (const packet of packets) {
      const wire = await open();
      wire.say(packet);
      wire.socket.send(packet);
      wire.socket.send(Buffer.from(packet));
      await leave(wire.socket);
    }
    await room.goesOn();
    expect(await room.bodies()).toEqual([]);
  });

  it('GD10 any bytes and any text, before and after one is let in (property)', async () => {
    const frame = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .tuple(fc.constantFrom('0', '1', '2', '3', '4', '5', '40', '41', '42', '421', '43', '44', '451-'), fc.json())
        .map(([kind, json]) => kind + json),
    );
    const run = fc.asyncProperty(
      fc.boolean(),
      fc.array(frame, { maxLength: FRAMES_A_SOCKET }),
      async (isIn, frames) => {
        const wire = await (isIn ? enterByWire(room.hostile, room.made.room.id) : openWire(room.hostile));
        for (const one of frames) wire.socket.send(one);
        await leave(wire.socket);
      },
    );
    await fc.assert(run, { numRuns: 60 });
    await room.goesOn();
    expect(await room.bodies()).toEqual([]);
  });

  it('GD11 an event before one has asked for a room ends the connection', async () => {
    const wire = await openWire(room.host);
    wire.say(`21["command",${JSON.stringify({ id: newId(), kind: 'room.lock', locked: true })}]`);
    await wire.ended;
    const { body } = await room.host.ask<{ room: { locked: boolean } }>('GET', `/api/rooms/${room.made.room.id}`);
    expect(body.room.locked).toBe(false);
  });

  it('GD12 who asks for a room again and again over one connection is cut off at the second asking', async () => {
    const wire = await openWire(room.hostile);
    let states = 0;
    wire.socket.on('message', (data: Buffer) => {
      if (data.toString('utf8').startsWith('42["room.state"')) states += 1;
    });
    const asking = `0${JSON.stringify({ room: room.made.room.id, protocol: 1 })}`;
    for (let time = 0; time < 200; time += 1) wire.say(asking);
    await wire.ended;
    expect(states).toBeLessThanOrEqual(1);
    await room.goesOn();
  });
});

const answered = (socket: EventSocket, fields: unknown) =>
  Promise.race([command(socket, fields as Record<string, unknown>), surprised.promise]);
const at = (block: string, offset: number) => ({ block, offset });

describe('commands with anything in them', () => {
  it('GD13 every spoilt command is answered with a code, and everything that is stored stays sound (property)', async () => {
    const { id } = room.made.room;
    const sound = Object.values(soundCommands(room.chapter, room.book.id, room.hostileMember.id));
    const run = fc.asyncProperty(
      fc.array(spoiltCommands(sound), { minLength: 1, maxLength: FRAMES_A_SOCKET }),
      async (commands) => {
        const socket = await room.hostile.enter(id);
        for (const one of commands) {
          const ack = ackSchema.parse(await answered(socket, one));
          // A failure that nobody foresaw would be told as this.
          expect(ack).not.toMatchObject({ code: 'unavailable' });
        }
        socket.disconnect();
      },
    );
    await fc.assert(run, { numRuns: 40 });
    await room.goesOn();
    const { body } = await room.host.ask<{ annotations: unknown[] }>(
      'GET',
      `/api/rooms/${id}/chapters/${room.chapter}/margin`,
    );
    for (const annotation of body.annotations) {
      expect(annotationSchema.parse(annotation)).toMatchObject({ author: room.hostileMember.id });
    }
    const socket = room.host.events(id);
    const state = heard(socket, 'room.state');
    socket.connect();
    roomStateSchema.parse(await state);
  });

  it('GD14 ids, inks, kinds, roles and emoji that are names of every object are no records', async () => {
    const { id } = room.made.room;
    for (const name of prototypeNames) {
      const socket = await room.hostile.enter(id);
      for (const fields of [
        room.note('x', { id: name }),
        room.note('x', { annotation: name }),
        room.note('x', { chapter: name }),
        room.note('x', { colour: name }),
        room.note('x', { visibility: name }),
        room.note('x', { kind: name }),
        room.note('x', { passage: { start: { block: name, offset: 0 }, end: { block: 'b1', offset: 3 } } }),
        { kind: 'reaction.toggle', target: name, emoji: '👍', on: true },
        { kind: 'reaction.toggle', target: newId(), emoji: name, on: true },
        { kind: 'self.describe', name: 'Mallory', initials: 'M', ink: name },
      ]) {
        expect(await answered(socket, fields)).toMatchObject({ ok: false, code: 'malformed' });
      }
      socket.disconnect();
    }
    // A person may be called so.
    const socket = await room.hostile.enter(id);
    for (const name of prototypeNames) {
      const changed = new Promise<string>((resolve) => {
        room.ofHost.once('member.changed', (member) => resolve(member.name));
      });
      const ack = await command(socket, { kind: 'self.describe', name, initials: 'M', ink: 'moss' });
      expect([ack.ok, await changed]).toEqual([true, name]);
    }
  });

  it('GD15 passages that are not in the text are refused, however they miss it', async () => {
    const socket = await room.hostile.enter(room.made.room.id);
    for (const [start, end, code] of [
      [at('b1', 0), at('b1', 0), 'passage-invalid'],
      [at('b1', 3), at('b1', 1), 'passage-invalid'],
      [at('b2', 0), at('b1', 3), 'passage-invalid'],
      [at('b1', 0), at('b1', 10_000_000), 'passage-invalid'],
      [at('b1', 0), at('b99999', 1), 'passage-invalid'],
      [at('b1', -1), at('b1', 1), 'malformed'],
      [at('b1', 0.5), at('b1', 1), 'malformed'],
      [at('b1', 0), at('b1', 2 ** 53), 'malformed'],
      [at('b01', 0), at('b1', 1), 'malformed'],
    ] as const) {
      const ack = await command(socket, room.note('x', { passage: { start, end } }));
      expect([start, end, ack.ok ? 'ok' : ack.code]).toEqual([start, end, code]);
    }
  });

  it('GD16 a clock of the client counts for nothing: what was seen is never later than now', async () => {
    const socket = await room.hostile.enter(room.made.room.id);
    const place = { kind: 'self.place', chapter: room.chapter, position: { block: 'b1', offset: 0 }, progress: 0 };
    const far = Number.MAX_SAFE_INTEGER;
    for (const fields of [{ seenAt: -1 }, { seenAt: 0.5 }, { seenAt: far + 2 }, { seenAt: 0, progress: 1.01 }]) {
      expect(await command(socket, { ...place, ...fields })).toMatchObject({ ok: false, code: 'malformed' });
    }
    expect(await command(socket, { ...place, seenAt: far })).toMatchObject({ ok: true });
    const again = room.hostile.events(room.made.room.id);
    const state = heard(again, 'room.state');
    again.connect();
    expect((await state).places[0]?.seenAt).toBeLessThanOrEqual(Date.now());
  });
});

describe('frames of every wrong shape, to a document', () => {
  const updates = hostileValues.map((value) => Buffer.from(JSON.stringify(value)));

  it('GD17 any bytes end their own socket or are ignored; the document and its readers stay as they are (property)', async () => {
    const frame = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      // Close to the protocol: type, step, length, payload.
      fc
        .tuple(fc.nat(4), fc.nat(3), fc.uint8Array({ maxLength: 60 }), fc.integer({ min: -2, max: 2 }))
        .map(([type, step, payload, off]) =>
          Uint8Array.from([type, step, Math.max(0, payload.length + off), ...payload]),
        ),
      fc.constantFrom(...updates).map((bytes) => new Uint8Array(bytes)),
    );
    const run = fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: FRAMES_A_SOCKET }), async (frames) => {
      const socket = room.hostile.sync(syncPath());
      await opened(socket);
      const answers: Buffer[] = [];
      socket.on('message', (data: Buffer) => answers.push(data));
      socket.on('error', () => undefined);
      for (const one of frames) socket.send(one);
      await leave(socket);
      // All that a reader is ever sent is sync messages.
      for (const answer of answers) expect(answer[0]).toBe(0);
    });
    await fc.assert(run, { numRuns: 60 });
    await room.goesOn();
    expect(await room.bodies()).toEqual([]);
  });

  it('GD18 frames of somebody who is not let in are not read, however many', async () => {
    const stranger = new Visitor(server.origin);
    const socket = stranger.sync(syncPath());
    await opened(socket);
    const answers: Buffer[] = [];
    socket.on('message', (data: Buffer) => answers.push(data));
    const end = closed(socket);
    for (let sent = 0; sent < 100; sent += 1) socket.send(new Uint8Array([0, 0, 1, 0]));
    expect(await end).toBe(4401);
    expect(answers).toEqual([]);
  });

  it('GD19 an older page is told so by its close code, and one that names no version is of the first', async () => {
    for (const protocol of ['0', '999', '', '1.0', '__proto__']) {
      const socket = room.host.sync(`${syncPath()}?protocol=${protocol}`);
      expect([protocol, await Promise.race([closed(socket), stillAnswers(socket)])]).toEqual([protocol, 4426]);
    }
    for (const params of ['', '?protocol=1']) {
      const socket = room.host.sync(`${syncPath()}${params}`);
      await opened(socket);
      const answer = new Promise((resolve) => socket.once('message', resolve));
      socket.send(new Uint8Array([0, 0, 1, 0]));
      await answer;
      socket.close();
    }
  });
});
