import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import { LOST_BACKLOG_BYTES } from '#server/limits.ts';
import type { Reader } from './audience.ts';
import { beatFrame } from './frames.ts';
import { webSocketFrame } from './web-socket-frame.ts';

export const TRY_AGAIN_LATER = 1013;

const framedBeat = webSocketFrame(beatFrame);

/** Who sits here, and what is done when the seat is lost or served. */
export interface SeatParts {
  ws: WebSocket;
  /** The connection under `ws`. Frames are written to it whole, as `ws` writes nothing but whole frames either. */
  socket: Duplex;
  room: RoomId;
  device: string;
  member: MemberId;
  /** The first answer has left this process. */
  onAnswered: () => void;
  /** It could not follow and was closed. */
  onFellBehind: () => void;
}

/** One socket that reads one document, with what waits in it bounded. */
export class Seat implements Reader {
  readonly ws: WebSocket;
  readonly room: RoomId;
  readonly device: string;
  readonly member: MemberId;
  readonly #socket: Duplex;
  readonly #onAnswered: () => void;
  readonly #onFellBehind: () => void;
  /** What its last answer weighed: a long margin alone must not count as backlog. */
  #answerBytes = 0;
  #alive = true;

  constructor({ ws, socket, room, device, member, onAnswered, onFellBehind }: SeatParts) {
    this.ws = ws;
    this.room = room;
    this.device = device;
    this.member = member;
    this.#socket = socket;
    this.#onAnswered = onAnswered;
    this.#onFellBehind = onFellBehind;
    ws.on('pong', () => {
      this.#alive = true;
    });
  }

  answer(pieces: readonly Uint8Array[]): void {
    if (!this.#canTake()) return;
    this.#answerBytes = pieces.reduce((sum, { length }) => sum + length, 0);
    this.#socket.cork();
    for (const [index, piece] of pieces.entries()) {
      if (index < pieces.length - 1) this.#socket.write(piece);
      else this.#socket.write(piece, () => this.#onAnswered());
    }
    this.#socket.uncork();
  }

  send(frame: Buffer): void {
    if (this.#canTake()) this.#socket.write(frame);
  }

  /** Keeps an honest client content; false, and the socket is gone, when its other end did not answer the last time. */
  beat(): boolean {
    if (!this.#alive) {
      this.ws.terminate();
      return false;
    }
    this.#alive = false;
    this.ws.ping();
    this.send(framedBeat);
    return true;
  }

  #canTake(): boolean {
    if (this.ws.readyState !== this.ws.OPEN) return false;
    if (this.#socket.writableLength <= LOST_BACKLOG_BYTES + this.#answerBytes) return true;
    this.#onFellBehind();
    this.ws.close(TRY_AGAIN_LATER);
    return false;
  }
}
