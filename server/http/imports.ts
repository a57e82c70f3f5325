import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Book, Format, Import } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { ImportId, RoomId } from '#shared/records/ids.ts';
import type { Log } from '#server/log.ts';

/** Two cores is the smallest machine this is meant for; one is left for the people who are reading. */
const WORKERS_MAX = 1;
/** Waiting files are held in memory. */
const WAITING_BYTES_MAX = 200_000_000;
/** A client polls every second or so; after an hour nobody asks any more. */
const KEPT_MS = 60 * 60_000;

/** Something somebody brings in: a file as it came, or pasted text that says what it is. */
export interface Brought {
  bytes: Uint8Array;
  fileName: string | null;
  format: Format | null;
  title: string | null;
  /** Whether what others wrote about it in its file becomes notes of whoever brings it. */
  comments: boolean;
}

export interface BringInOptions {
  onProgress: (progress: number) => void;
  /** Aborted when the server stops. */
  signal: AbortSignal;
}

/** Reads what was brought and puts it on the shelf. */
export type BringIn = (brought: Brought, options: BringInOptions) => Promise<{ ok: true; book: Book } | Refusal>;

interface Entry {
  room: RoomId;
  view: Import;
  endsAt: number;
}

interface Job {
  entry: Entry;
  brought: Brought;
  bringIn: BringIn;
}

/**
 * Imports under way, in memory: a few at a time, the rest in a queue, each forgotten after an hour. What a restart
 * interrupts is gone, which the person who polls is told as `not-found` and can do again.
 */
export class Imports {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #entries = new Map<ImportId, Entry>();
  readonly #waiting: Job[] = [];
  #running = 0;
  #waitingBytes = 0;
  readonly #stop = new AbortController();
  readonly #idle: (() => void)[] = [];

  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Queues one; the answer is what to poll. Refused (`too-fast`) while too much is waiting already. */
  add(room: RoomId, brought: Brought, bringIn: BringIn): { ok: true; import: Import } | Refusal {
    this.#forget();
    if (this.#waitingBytes + brought.bytes.length > WAITING_BYTES_MAX) return refuse('too-fast');
    const view: Import = {
      id: newId<ImportId>(),
      state: 'waiting',
      progress: 0,
      fileName: brought.fileName,
      book: null,
      error: null,
    };
    const entry: Entry = { room, view, endsAt: this.#now() + KEPT_MS };
    this.#entries.set(view.id, entry);
    this.#waiting.push({ entry, brought, bringIn });
    this.#waitingBytes += brought.bytes.length;
    this.#next();
    return { ok: true, import: entry.view };
  }

  find(id: ImportId): { room: RoomId; import: Import } | null {
    this.#forget();
    const entry = this.#entries.get(id);
    return entry ? { room: entry.room, import: entry.view } : null;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Drops what waits and stops what runs. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    this.#stop.abort();
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    if (this.#running >= WORKERS_MAX) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#waitingBytes -= job.brought.bytes.length;
    this.#running += 1;
    void this.#run(job).finally(() => {
      this.#running -= 1;
      this.#next();
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  async #run({ entry, brought, bringIn }: Job): Promise<void> {
    const change = (to: Partial<Import>) => {
      entry.view = { ...entry.view, ...to };
    };
    change({ state: 'running' });
    try {
      const outcome = await bringIn(brought, {
        onProgress: (progress) => change({ progress: Math.min(1, Math.max(0, progress)) }),
        signal: this.#stop.signal,
      });
      if (outcome.ok) change({ state: 'done', progress: 1, book: outcome.book.id });
      else change({ state: 'failed', error: { code: outcome.code, message: outcome.message } });
    } catch (error) {
      this.#log.error({ err: error, import: entry.view.id }, 'an import broke');
      const { code, message } = refuse('unavailable');
      change({ state: 'failed', error: { code, message } });
    }
  }

  #forget(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.endsAt > this.#now()) return;
      this.#entries.delete(id);
    }
  }
}
