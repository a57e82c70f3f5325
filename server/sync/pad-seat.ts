import type { RawData, WebSocket } from 'ws';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import type { Doors } from '#server/doors/doors.ts';
import type { RoomPad } from '#server/rooms/rooms.ts';
import { LOST_BACKLOG_BYTES, SLOW_BACKLOG_BYTES } from '#server/limits.ts';
import { answerFrame } from './frames.ts';
import type { PadCarets, Seated } from './pad-carets.ts';
import { askFrame, readPadFrame, savedFrame } from './pad-frames.ts';

const TRY_AGAIN_LATER = 1013;

export interface SeatParts {
  ws: WebSocket;
  room: RoomId;
  device: string;
  member: MemberId;
  /** The Yjs client id that is bound to this socket. */
  client: number;
  pad: RoomPad;
  carets: PadCarets;
  doors: Doors;
  /** Names this socket to the doors. */
  key: string;
  mayWrite: () => boolean;
  /** It could not follow and was closed. */
  onFellBehind: () => void;
}

/** One socket in a pad. A frame that is not as it should be closes this socket and nobody else's. */
export class PadSeat implements Seated {
  readonly parts: SeatParts;
  /** Set by whoever beats, cleared by the pong. */
  alive = true;
  /** True when it was answered what it lacks: updates before that would pile up in a copy without their past. */
  #caughtUp = false;
  #answerBytes = 0;
  #writes = 0;
  /**
   * Updates that overtook the answer to our step 1: they build on what comes with it, and are in it themselves. They
   * count as written when it is.
   */
  #early = 0;
  #isWhole = false;

  constructor(parts: SeatParts) {
    this.parts = parts;
    parts.ws.on('pong', () => {
      this.alive = true;
    });
    parts.ws.on('message', (data, isBinary) => this.#hear(data, isBinary));
  }

  get client(): number {
    return this.parts.client;
  }

  get member(): MemberId {
    return this.parts.member;
  }

  update(frame: Uint8Array): void {
    if (this.#caughtUp) this.send(frame);
  }

  sendCarets(frame: Uint8Array): void {
    if (this.parts.ws.bufferedAmount <= SLOW_BACKLOG_BYTES) this.send(frame);
  }

  send(frame: Uint8Array): void {
    const { ws } = this.parts;
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount <= LOST_BACKLOG_BYTES + this.#answerBytes) {
      ws.send(frame);
      return;
    }
    this.parts.onFellBehind();
    ws.close(TRY_AGAIN_LATER);
  }

  #hear(data: RawData, isBinary: boolean): void {
    const { ws, doors, key, member, client, carets } = this.parts;
    if (ws.readyState !== ws.OPEN) return;
    const bytes = bytesOf(data);
    if (!doors.padFrames.take(key).ok || !doors.padBytes.take(member, bytes.length).ok) {
      ws.close(closeCodes.tooMany);
      return;
    }
    const frame = isBinary ? readPadFrame(bytes, client) : null;
    if (frame === null) ws.close(closeCodes.malformed);
    else if (frame.kind === 'caret') carets.move(this, frame.cursor);
    else if (frame.kind === 'asks') void this.#answer(frame.stateVector);
    else if (frame.kind === 'has-nothing') this.#isWhole = true;
    else if (frame.kind === 'writes') void this.#write(frame.update, frame.isWhole);
  }

  async #answer(stateVector: Uint8Array): Promise<void> {
    const { ws, pad, mayWrite } = this.parts;
    try {
      await pad.catchUp(stateVector, (missing, ownVector) => {
        const frame = answerFrame(missing);
        this.#answerBytes = frame.length;
        this.send(frame);
        this.#caughtUp = true;
        // Who may not write is not asked for what they have: it would be refused.
        if (mayWrite()) this.send(askFrame(ownVector));
        this.send(savedFrame(0, pad.lineage));
      });
    } catch {
      ws.close(closeCodes.malformed);
    }
  }

  async #write(update: Uint8Array, isWhole: boolean): Promise<void> {
    const { ws, pad, member } = this.parts;
    const outcome = await pad.write(member, update, this);
    if (outcome === 'gap') {
      if (isWhole || this.#isWhole) ws.close(closeCodes.unsound);
      else this.#early += 1;
    } else if (outcome.ok) {
      this.#isWhole ||= isWhole;
      this.#writes += 1 + (this.#isWhole ? this.#early : 0);
      if (this.#isWhole) this.#early = 0;
      this.send(savedFrame(this.#writes, pad.lineage));
    } else ws.close(closeCodeOf(outcome.code));
  }
}

function closeCodeOf(code: RefusalCode): number {
  switch (code) {
    case 'muted':
    case 'listeners-cannot-write':
    case 'room-locked':
      return closeCodes.readOnly;
    case 'removed':
      return closeCodes.forbidden;
    case 'signed-out':
      return closeCodes.signedOut;
    case 'pad-full':
      return closeCodes.tooLarge;
    case 'unavailable':
      return TRY_AGAIN_LATER;
    default:
      return closeCodes.unsound;
  }
}

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
