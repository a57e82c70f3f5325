import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { CloseCode } from '#shared/protocol/close-codes.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Log } from '#server/log.ts';
import type { Deadlines } from '#server/doors/deadlines.ts';
import type { Meters } from '#server/meters/meters.ts';
import type { Doors } from '#server/doors/doors.ts';
import { memberOfDevice } from '#server/doors/identity.ts';
import type { Identity } from '#server/doors/identity.ts';
import { SOCKETS_PER_MEMBER_MAX, SYNC_FRAME_MAX_BYTES } from '#server/limits.ts';
import { Tally } from '#server/doors/tally.ts';
import type { LiveRoom, Rooms, SharedDocument } from '#server/rooms/rooms.ts';
import { Admission } from './admission.ts';
import { Audience } from './audience.ts';
import { documentOfPath } from './document-of-path.ts';
import { readFrame } from './frames.ts';
import { Seat, TRY_AGAIN_LATER } from './seat.ts';
import { WebSockets } from './web-sockets.ts';

/** How long one may take to come in before the next is let in beside. */
const ENTERING_MAX_MS = 2_000;

export interface RelayParts {
  log: Log;
  meters: Meters;
  rooms: Rooms;
  identity: Identity;
  doors: Doors;
  deadlines: Deadlines;
}

type Opened =
  | {
      ok: true;
      room: LiveRoom;
      chapter: ChapterId;
      document: SharedDocument;
      device: string;
      member: MemberId;
      /** Of `Identity`, from before the browser was asked for. */
      revocations: number;
    }
  | { ok: false; code: CloseCode | typeof TRY_AGAIN_LATER };

/**
 * The y-websocket server, read-only: it answers what a client lacks and passes on what the room commits, and closes on
 * whoever tries to write. It never asks clients for what they have, and it passes no awareness on.
 */
export class SyncRelay {
  readonly #parts: RelayParts;
  readonly #sockets: WebSockets;
  readonly #audiences = new Map<SharedDocument, Audience>();
  readonly #seats = new Set<Seat>();
  readonly #admission = new Admission();
  readonly #held = new Tally(SOCKETS_PER_MEMBER_MAX);
  readonly #beat: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #seated = 0;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    this.#sockets = new WebSockets({
      meters: parts.meters,
      deadlines: parts.deadlines,
      frameMaxBytes: SYNC_FRAME_MAX_BYTES,
      onSocket: (ws, socket, request) => void this.#admit(ws, socket, request),
    });
    this.#beat = setInterval(() => this.beat(), parts.deadlines.beat);
    this.#stopListening = parts.identity.onRevoked((device, room) => {
      for (const seat of this.#seats) {
        if (seat.device === device && seat.room === room) seat.ws.close(closeCodes.signedOut);
      }
    });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head);
  }

  /** Keeps honest clients content and drops sockets whose other end is gone. */
  beat(): void {
    for (const seat of this.#seats) seat.beat();
    for (const audience of this.#audiences.values()) audience.rest();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#stopListening();
    await this.#sockets.close();
  }

  async #admit(ws: WebSocket, socket: Duplex, request: IncomingMessage): Promise<void> {
    const letNextIn = await this.#admission.enter();
    // Whoever comes in and asks for nothing, or is gone, holds up nobody.
    const timer = setTimeout(letNextIn, ENTERING_MAX_MS);
    ws.once('close', () => {
      clearTimeout(timer);
      letNextIn();
    });
    if (ws.readyState !== ws.OPEN) return letNextIn();
    try {
      const opened = await this.#open(request);
      ws.resume();
      if (opened.ok) return this.#seat(ws, socket, opened, letNextIn);
      ws.close(opened.code);
      // Whoever is refused may take their time to hear it.
      letNextIn();
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a document could not be opened');
      ws.resume();
      ws.close(TRY_AGAIN_LATER);
    }
  }

  async #open(request: IncomingMessage): Promise<Opened> {
    const asked = documentOfPath(request.url ?? '');
    if (!asked) return { ok: false, code: closeCodes.notFound };
    if (asked.protocol !== String(PROTOCOL_VERSION)) return { ok: false, code: closeCodes.outdated };
    const { revocations } = this.#parts.identity;
    const device = await this.#parts.identity.deviceFromCookie(request.headers.cookie);
    if (!device) return { ok: false, code: closeCodes.signedOut };
    const memberId = memberOfDevice(device, asked.room);
    if (!memberId) return { ok: false, code: closeCodes.forbidden };
    if (!this.#parts.doors.entrances.take(device.id).ok) return { ok: false, code: TRY_AGAIN_LATER };
    const room = await this.#parts.rooms.open(asked.room);
    const member = room?.member(memberId);
    if (!room || !member) return { ok: false, code: closeCodes.notFound };
    const document = await documentOf(room, asked.kind, asked.chapter, memberId);
    if (!document) return { ok: false, code: closeCodes.notFound };
    if (asked.lineage !== null && asked.lineage !== document.lineage) return { ok: false, code: closeCodes.lineage };
    return { ok: true, room, document, device: device.id, member: memberId, revocations, chapter: asked.chapter };
  }

  #seat(ws: WebSocket, socket: Duplex, opened: Extract<Opened, { ok: true }>, onAnswered: () => void): void {
    const { room, document, device, member } = opened;
    if (ws.readyState !== ws.OPEN) return;
    // Asked last, because it can change while the document is loaded, and from here on the listeners below are told.
    if (this.#parts.identity.revokedSince(opened.revocations, device, room.id)) return ws.close(closeCodes.signedOut);
    if (room.member(member)?.removed !== false) return ws.close(closeCodes.forbidden);
    if (!shelves(room, opened.chapter)) return ws.close(closeCodes.notFound);
    if (!this.#held.take([member, device])) return ws.close(closeCodes.tooMany);
    const onFellBehind = () => this.#parts.meters.fellBehind();
    const seat = new Seat({ ws, socket, room: room.id, device, member, onAnswered, onFellBehind });
    this.#seats.add(seat);
    this.#seated += 1;
    const bucket = `sync-${this.#seated}`;
    const audience = this.#audienceOf(document);
    audience.enter(seat);
    const stopListening = room.onExpelled((expelled, code) => {
      if (expelled !== member) return;
      ws.close(code === 'removed' ? closeCodes.forbidden : closeCodes.signedOut);
    });

    // A room without listeners leaves memory; it must stay while somebody reads its documents.
    const letGo = room.listen(({ name }) => {
      if (name === 'book.removed' && !shelves(room, opened.chapter)) ws.close(closeCodes.notFound);
    });

    ws.on('message', (data, isBinary) => {
      if (ws.readyState !== ws.OPEN) return;
      if (!this.#parts.doors.syncFrames.take(bucket).ok) return ws.close(closeCodes.tooMany);
      const frame = isBinary ? readFrame(bytesOf(data)) : null;
      if (frame === null || frame.kind === 'writes') return ws.close(closeCodes.malformed);
      if (frame.kind === 'idle') return;
      try {
        audience.catchUp(seat, frame.stateVector);
      } catch {
        ws.close(closeCodes.malformed);
      }
    });
    ws.once('close', () => {
      this.#seats.delete(seat);
      this.#held.give([member, device]);
      stopListening();
      letGo();
      if (audience.leave(seat) > 0) return;
      audience.end();
      this.#audiences.delete(document);
    });
  }

  #audienceOf(document: SharedDocument): Audience {
    const audience =
      this.#audiences.get(document) ?? new Audience(document, (update) => this.#parts.meters.delivered(update));
    this.#audiences.set(document, audience);
    return audience;
  }
}

function documentOf(room: LiveRoom, kind: 'margin' | 'notes', chapter: ChapterId, member: MemberId) {
  return kind === 'margin' ? room.marginDocument(chapter) : room.notesDocument(chapter, member);
}

const shelves = (room: LiveRoom, chapter: ChapterId): boolean =>
  room.books().some((book) => book.chapters.some(({ id }) => id === chapter));

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
