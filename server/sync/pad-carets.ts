import type { MemberId } from '#shared/records/ids.ts';
import { awarenessEntry, awarenessFrame, type PadCursor } from './pad-frames.ts';

/** Ten times a second: what an eye follows, at a fixed price however many write. */
const TICK_MS = 100;

/** One socket in a pad, as others see it. */
export interface Seated {
  readonly client: number;
  readonly member: MemberId;
  /** False when the socket is too slow for what can be left out. */
  sendCarets(frame: Uint8Array): void;
}

interface Caret {
  cursor: PadCursor | null;
  entry: Uint8Array;
}

/**
 * Who is in one pad and where their carets stand. Whose a caret is says the server, each socket speaks for its own client
 * id alone, changes are gathered into ticks, and nobody hears their own. Nothing of it is stored.
 */
export class PadCarets {
  readonly #carets = new Map<Seated, Caret>();
  readonly #changed = new Map<number, Uint8Array>();
  #timer: NodeJS.Timeout | null = null;
  #clock = 0;

  /** Somebody comes in: they hear at once of all who are here, and the others hear of them. */
  enter(seated: Seated): void {
    const here = [...this.#carets.values()].map(({ entry }) => entry);
    const entry = awarenessEntry(seated.client, this.#tickClock(), { member: seated.member, cursor: null });
    this.#carets.set(seated, { cursor: null, entry });
    this.#tell(seated.client, entry);
    if (here.length > 0) seated.sendCarets(awarenessFrame(here));
  }

  move(seated: Seated, cursor: PadCursor | null): void {
    if (!this.#carets.has(seated)) return;
    const entry = awarenessEntry(seated.client, this.#tickClock(), { member: seated.member, cursor });
    this.#carets.set(seated, { cursor, entry });
    this.#tell(seated.client, entry);
  }

  leave(seated: Seated): void {
    this.forget(seated);
    this.#tell(seated.client, awarenessEntry(seated.client, this.#tickClock(), null));
  }

  /** Without a word to the others: another socket has its client id already. */
  forget(seated: Seated): void {
    this.#carets.delete(seated);
  }

  /** Says all of it again: y-protocols forgets who was silent for thirty seconds. */
  renew(): void {
    for (const [seated, { cursor }] of this.#carets) this.move(seated, cursor);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  // By the clock on the wall, because clients remember clocks for longer than this process may live.
  #tickClock(): number {
    this.#clock = Math.max(Date.now(), this.#clock + 1);
    return this.#clock;
  }

  #tell(client: number, entry: Uint8Array): void {
    this.#changed.set(client, entry);
    this.#timer ??= setTimeout(() => this.#tick(), TICK_MS).unref();
  }

  #tick(): void {
    this.#timer = null;
    const all = awarenessFrame([...this.#changed.values()]);
    for (const seated of this.#carets.keys()) {
      if (!this.#changed.has(seated.client)) seated.sendCarets(all);
      else if (this.#changed.size > 1) {
        const others = [...this.#changed].filter(([client]) => client !== seated.client).map(([, entry]) => entry);
        seated.sendCarets(awarenessFrame(others));
      }
    }
    this.#changed.clear();
  }
}
