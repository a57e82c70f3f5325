import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { PadReader, RoomPad } from '#server/rooms/rooms.ts';
import { updateFrame } from './frames.ts';
import { PadCarets } from './pad-carets.ts';
import type { PadSeat } from './pad-seat.ts';

const TRY_AGAIN_LATER = 1013;

/** All sockets in one pad. An update is framed once for all of them, and not sent to the socket that it came from. */
export class PadTable implements PadReader {
  readonly carets = new PadCarets();
  readonly #seats = new Map<number, PadSeat>();
  readonly #letGo: () => void;

  readonly #delivered: (update: Uint8Array) => void;

  /** `delivered` hears of the bytes that all who sit here are sent. */
  constructor(pad: RoomPad, delivered: (update: Uint8Array) => void) {
    this.#delivered = delivered;
    this.#letGo = pad.enter(this);
  }

  update(update: Uint8Array, from: object | null): void {
    const frame = updateFrame(update);
    for (const seat of this.#seats.values()) if (seat !== from) seat.update(frame);
    this.#delivered(update);
  }

  gone(): void {
    for (const { parts } of this.#seats.values()) parts.ws.close(TRY_AGAIN_LATER);
  }

  /** One socket for each client id: a second one is the same browser, come back before its old socket was seen to die. */
  sit(seat: PadSeat): void {
    this.#seats.get(seat.client)?.parts.ws.close(closeCodes.tooMany);
    this.#seats.set(seat.client, seat);
    this.carets.enter(seat);
  }

  /** True when nobody is left; the table is then taken away. */
  leave(seat: PadSeat): boolean {
    if (this.#seats.get(seat.client) === seat) {
      this.#seats.delete(seat.client);
      this.carets.leave(seat);
    } else this.carets.forget(seat);
    if (this.#seats.size > 0) return false;
    this.carets.stop();
    this.#letGo();
    return true;
  }
}
