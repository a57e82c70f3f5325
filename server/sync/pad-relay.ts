import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { CloseCode } from '#shared/protocol/close-codes.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { Log } from '#server/log.ts';
import type { Deadlines } from '#server/doors/deadlines.ts';
import type { Meters } from '#server/meters/meters.ts';
import type { Doors } from '#server/doors/doors.ts';
import type { Identity } from '#server/doors/identity.ts';
import { Tally } from '#server/doors/tally.ts';
import { type Visitor, visitorWith } from '#server/doors/visitor.ts';
import type { RoomPad, Rooms } from '#server/rooms/rooms.ts';
import { PAD_FRAME_MAX_BYTES, PAD_SEATS_PER_MEMBER_MAX } from '#server/limits.ts';
import { beatFrame } from './frames.ts';
import { padOfPath } from './pad-path.ts';
import { PadSeat } from './pad-seat.ts';
import { PadTable } from './pad-table.ts';
import { WebSockets } from './web-sockets.ts';

const TRY_AGAIN_LATER = 1013;

export interface PadRelayParts {
  log: Log;
  meters: Meters;
  deadlines: Deadlines;
  rooms: Rooms;
  identity: Identity;
  doors: Doors;
}

type Opened =
  | { ok: true; visitor: Visitor; pad: RoomPad; client: number; revocations: number }
  | { ok: false; code: CloseCode | typeof TRY_AGAIN_LATER };

/** The y-websocket server of the pads, both ways: who comes in, and which table they sit at. */
export class PadRelay {
  readonly #parts: PadRelayParts;
  readonly #sockets: WebSockets;
  readonly #held = new Tally(PAD_SEATS_PER_MEMBER_MAX);
  readonly #tables = new Map<RoomPad, PadTable>();
  readonly #seats = new Set<PadSeat>();
  readonly #beat: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #seated = 0;

  constructor(parts: PadRelayParts) {
    this.#parts = parts;
    this.#sockets = new WebSockets({
      meters: parts.meters,
      deadlines: parts.deadlines,
      frameMaxBytes: PAD_FRAME_MAX_BYTES,
      onSocket: (ws, _socket, request) => void this.#admit(ws, request),
    });
    this.#beat = setInterval(() => this.beat(), parts.deadlines.beat);
    this.#stopListening = parts.identity.onRevoked((device, room) => {
      for (const { parts: seat } of this.#seats) {
        if (seat.device === device && seat.room === room) seat.ws.close(closeCodes.signedOut);
      }
    });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head);
  }

  /** Keeps honest clients content (y-protocols forgets carets that are silent for as long as sockets) and drops sockets whose other end is gone. */
  beat(): void {
    for (const seat of this.#seats) {
      const { ws } = seat.parts;
      if (!seat.alive) {
        ws.terminate();
        continue;
      }
      seat.alive = false;
      ws.ping();
      seat.send(beatFrame);
    }
    for (const { carets } of this.#tables.values()) carets.renew();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#stopListening();
    await this.#sockets.close();
  }

  async #admit(ws: WebSocket, request: IncomingMessage): Promise<void> {
    try {
      const opened = await this.#open(request);
      if (opened.ok) this.#seat(ws, opened);
      else ws.close(opened.code);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a pad could not be opened');
      ws.close(TRY_AGAIN_LATER);
    } finally {
      ws.resume();
    }
  }

  async #open(request: IncomingMessage): Promise<Opened> {
    const asked = padOfPath(request.url ?? '');
    if (!asked) return { ok: false, code: closeCodes.notFound };
    if (asked.protocol !== String(PROTOCOL_VERSION)) return { ok: false, code: closeCodes.outdated };
    const { identity, rooms, doors } = this.#parts;
    const { revocations } = identity;
    const device = await identity.deviceFromCookie(request.headers.cookie);
    if (!device) return { ok: false, code: closeCodes.signedOut };
    const visitor = await visitorWith(device, rooms, asked.room);
    if (!visitor.ok) {
      return { ok: false, code: visitor.code === 'not-found' ? closeCodes.notFound : closeCodes.forbidden };
    }
    const { room, member } = visitor;
    if (!doors.entrances.take(device.id).ok) return { ok: false, code: TRY_AGAIN_LATER };
    const pad = await room.pad(asked.book);
    if (!pad) return { ok: false, code: closeCodes.notFound };
    if (asked.lineage !== null && asked.lineage !== pad.lineage) return { ok: false, code: closeCodes.lineage };
    if (!(await pad.claim(member.id, asked.client))) return { ok: false, code: closeCodes.clientTaken };
    return { ok: true, visitor, pad, client: asked.client, revocations };
  }

  #seat(ws: WebSocket, { visitor, pad, client, revocations }: Extract<Opened, { ok: true }>): void {
    const { room, device, member } = visitor;
    if (ws.readyState !== ws.OPEN) return;
    // Asked last, because it can change while the pad is loaded, and from here on the listeners below are told.
    if (this.#parts.identity.revokedSince(revocations, device.id, room.id)) return ws.close(closeCodes.signedOut);
    if (room.member(member.id)?.removed !== false) return ws.close(closeCodes.forbidden);
    const holders = [member.id, device.id];
    if (!this.#held.take(holders)) return ws.close(closeCodes.tooMany);
    this.#seated += 1;
    const table = this.#tables.get(pad) ?? new PadTable(pad, (update) => this.#parts.meters.delivered(update));
    this.#tables.set(pad, table);
    const seat = new PadSeat({
      ws,
      room: room.id,
      device: device.id,
      member: member.id,
      client,
      pad,
      carets: table.carets,
      doors: this.#parts.doors,
      key: `pad-${this.#seated}`,
      onFellBehind: () => this.#parts.meters.fellBehind(),
      mayWrite: () => room.cannotWritePad(member.id) === null,
    });
    this.#seats.add(seat);
    table.sit(seat);
    const stopListening = room.onExpelled((expelled, code) => {
      if (expelled === member.id) ws.close(code === 'removed' ? closeCodes.forbidden : closeCodes.signedOut);
    });
    // A room without listeners leaves memory; it must stay while somebody has its pad open.
    const letGo = room.listen(() => undefined);
    ws.once('close', () => {
      this.#seats.delete(seat);
      this.#held.give(holders);
      stopListening();
      letGo();
      if (table.leave(seat)) this.#tables.delete(pad);
    });
  }
}
