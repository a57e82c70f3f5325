import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { MemberId } from '#shared/records/ids.ts';
import { createDoors, doorRates } from '#server/doors/doors.ts';
import { LOST_BACKLOG_BYTES, SLOW_BACKLOG_BYTES } from '#server/limits.ts';
import type { RoomPad } from '#server/rooms/rooms.ts';
import { updateFrame } from '#server/sync/frames.ts';
import { PadSeat } from '#server/sync/pad-seat.ts';
import { PadTable } from '#server/sync/pad-table.ts';
import { ReadingGroup } from '#tests/support/reading-group.ts';

const MESSAGE_AWARENESS = 1;
const caretAt = (clock: number) => {
  const position = { type: null, tname: null, item: { client: 1, clock } };
  return { anchor: position, head: position };
};

/** Both ends of a real socket at a pad, and the stream below it. */
interface Sitting {
  seat: PadSeat;
  client: WebSocket;
  stream: Duplex;
  frames: Buffer[];
}

describe('a socket at a pad that does not keep up', () => {
  let group: ReadingGroup;
  let http: Server;
  let pad: RoomPad;
  let table: PadTable;
  let lost: number;
  let sitting: Sitting[];

  beforeEach(async () => {
    group = await ReadingGroup.gather();
    const opened = await group.room.pad(group.book.id);
    if (!opened) throw new Error('no pad');
    pad = opened;
    table = new PadTable(pad, () => undefined);
    lost = 0;
    sitting = [];
    http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
  });
  afterEach(async () => {
    for (const { seat, client } of sitting) {
      client.terminate();
      table.leave(seat);
    }
    http.close();
    await group.disband();
  });

  async function sits(member: MemberId, client: number): Promise<Sitting> {
    const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    const arrived = new Promise<{ ws: WebSocket; stream: Duplex }>((resolve) => {
      http.once('upgrade', (request, stream: Duplex, head: Buffer) =>
        sockets.handleUpgrade(request, stream, head, (ws) => resolve({ ws, stream })),
      );
    });
    const browser = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    const frames: Buffer[] = [];
    browser.on('message', (frame: Buffer) => frames.push(frame));
    const { ws, stream } = await arrived;
    const seat = new PadSeat({
      ws,
      room: group.room.id,
      device: 'a browser',
      member,
      client,
      pad,
      carets: table.carets,
      doors: createDoors(doorRates, group.now),
      key: `pad-${client}`,
      onFellBehind: () => (lost += 1),
      mayWrite: () => true,
    });
    table.sit(seat);
    const sat = { seat, client: browser, stream, frames };
    sitting.push(sat);
    return sat;
  }

  const carets = ({ frames }: Sitting): number => frames.filter(([kind]) => kind === MESSAGE_AWARENESS).length;
  const hears = ({ client }: Sitting, wanted: (frame: Buffer) => boolean): Promise<void> =>
    new Promise((resolve) => client.on('message', (frame: Buffer) => wanted(frame) && resolve()));
  const nextCaret = (one: Sitting) => hears(one, ([kind]) => kind === MESSAGE_AWARENESS);

  it('PD43 hears no carets until it has caught up, and every update', async () => {
    const [slow, quick, mover] = [
      await sits(group.host.id, 1),
      await sits(group.host.id, 2),
      await sits(group.host.id, 3),
    ];
    const first = Promise.all([nextCaret(slow), nextCaret(quick)]);
    table.carets.move(mover.seat, caretAt(1));
    await first;

    // Nothing of what is sent from now on leaves the process: as when the other side reads nothing.
    slow.stream.cork();
    const update = updateFrame(new Uint8Array(SLOW_BACKLOG_BYTES * 1.5));
    slow.seat.send(update);
    const before = carets(slow);
    const told = nextCaret(quick);
    table.carets.move(mover.seat, caretAt(2));
    await told;
    const read = hears(slow, ({ length }) => length === update.length);
    slow.stream.uncork();
    await read;
    const again = nextCaret(slow);
    table.carets.move(mover.seat, caretAt(3));
    await again;
    expect(carets(slow)).toBe(before + 1);
    expect(lost).toBe(0);
  });

  it('PD44 is closed to come again (1013) when it cannot follow at all, and nobody else is', async () => {
    const [slow, quick] = [await sits(group.host.id, 1), await sits(group.host.id, 2)];
    const update = updateFrame(new Uint8Array(SLOW_BACKLOG_BYTES));
    const most = Math.ceil(LOST_BACKLOG_BYTES / update.length) + 2;
    const closed = new Promise<number>((resolve) => slow.client.once('close', resolve));
    const updates = () => slow.frames.filter(({ length }) => length === update.length).length;
    const gotAll = hears(slow, () => updates() === most).then(() => 'got all of it');
    slow.stream.cork();
    for (let sent = 0; sent < most; sent += 1) slow.seat.send(update);
    const read = hears(quick, ({ length }) => length === update.length);
    quick.seat.send(update);
    await read;
    slow.stream.uncork();
    expect(await Promise.race([closed, gotAll])).toBe(1013);
    expect(lost).toBe(1);
    // What it got before that is whole: updates from the first on, none left out between.
    expect(updates()).toBeLessThan(most);
    expect(quick.client.readyState).toBe(WebSocket.OPEN);
  });
});
