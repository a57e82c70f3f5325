import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Book, Format } from '#shared/records/book.ts';
import type { Import, ImportPreview } from '#shared/records/import.ts';
import { newId } from '#shared/records/ids.ts';
import type { ImportId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { SettledBook } from '#server/importers/settled-book.ts';
import type { Log } from '#server/log.ts';
import {
  IMPORTS_LET_GO_MAX,
  IMPORTS_PER_MEMBER_MAX,
  IMPORTS_READY_MAX_BYTES,
  IMPORTS_WAITING_MAX_BYTES,
  IMPORT_WORKERS_MAX,
} from '#server/limits.ts';

/** A preview is looked over in minutes, or after dinner; what ended is told for as long to a page that is opened again. */
const KEPT_MS = 3 * 60 * 60_000;

/** Something somebody brings in: a file as it came, or pasted text that says what it is. */
export interface Brought {
  bytes: Uint8Array;
  fileName: string | null;
  format: Format | null;
  title: string | null;
}

export interface ReadOptions {
  onProgress: (progress: number) => void;
  /** Aborted when nobody waits for it any more. */
  signal: AbortSignal;
}

/** What was read, before anybody decided about it. */
export interface Draft {
  book: SettledBook;
  format: Format;
  preview: ImportPreview;
}

export type ReadBrought = (brought: Brought, options: ReadOptions) => Promise<{ ok: true; draft: Draft } | Refusal>;
type Shelve = (draft: Draft) => Promise<{ ok: true; book: Book } | Refusal>;
type Shelved = { ok: true; import: Import } | Refusal;

interface Entry {
  room: RoomId;
  member: MemberId;
  view: Import;
  endsAt: number;
  cancelled: AbortController;
  draft: Draft | null;
  /** What the draft takes, in bytes. */
  weight: number;
  shelving: Promise<Shelved> | null;
}

interface Job {
  entry: Entry;
  brought: Brought;
}

/**
 * Imports under way, in memory, each seen by whoever brought it: a few are read at a time, the rest wait in a queue, and
 * what was read waits with its preview to be put on the shelf or let go. What a restart interrupts is gone, which the page
 * that follows it is told as `not-found`.
 */
export class Imports {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #read: ReadBrought;
  readonly #entries = new Map<ImportId, Entry>();
  /** Under these ids nothing comes in any more, the oldest first: a file may have been on its way when it was let go. */
  readonly #letGo = new Set<ImportId>();
  readonly #waiting: Job[] = [];
  #running = 0;
  #isClosed = false;
  readonly #idle: (() => void)[] = [];

  constructor(log: Log, now: () => number, read: ReadBrought) {
    this.#log = log;
    this.#now = now;
    this.#read = read;
  }

  /**
   * Queues one; the answer is what to follow. Refused while too much waits already, of this member or of everybody, and when
   * it was let go before it came. The same id again is the same import.
   */
  add(
    room: RoomId,
    member: MemberId,
    brought: Brought,
    id: ImportId = newId(),
  ): { ok: true; import: Import } | Refusal {
    this.#forget();
    const known = this.#entries.get(id);
    if (known) {
      const isTheirs = known.room === room && known.member === member;
      return isTheirs ? { ok: true, import: known.view } : refuse('malformed');
    }
    if (this.#letGo.has(id)) return refuse('import-failed', 'It was let go before it came.');
    const waitingBytes = this.#waiting.reduce((sum, one) => sum + one.brought.bytes.length, 0);
    if (waitingBytes + brought.bytes.length > IMPORTS_WAITING_MAX_BYTES) return refuse('too-fast');
    if (this.of(room, member).filter(isOpen).length >= IMPORTS_PER_MEMBER_MAX) {
      return refuse('too-many', 'Put some of what you brought on the shelf, or let it go, before you bring more.');
    }
    const view: Import = {
      id,
      state: 'waiting',
      progress: 0,
      fileName: brought.fileName ?? brought.title,
      preview: null,
      book: null,
      error: null,
    };
    const entry: Entry = {
      room,
      member,
      view,
      endsAt: this.#now() + KEPT_MS,
      cancelled: new AbortController(),
      draft: null,
      weight: 0,
      shelving: null,
    };
    this.#entries.set(view.id, entry);
    this.#waiting.push({ entry, brought });
    this.#next();
    return { ok: true, import: entry.view };
  }

  /** A member's own in this room, the oldest first. */
  of(room: RoomId, member: MemberId): Import[] {
    this.#forget();
    return [...this.#entries.values()]
      .filter((entry) => entry.room === room && entry.member === member)
      .map(({ view }) => view);
  }

  find(id: ImportId): Pick<Entry, 'room' | 'member' | 'view' | 'draft'> | null {
    this.#forget();
    return this.#entries.get(id) ?? null;
  }

  /** Puts one that is ready on the shelf. Asked twice it is done once; refused, it stays ready. */
  async shelve(id: ImportId, shelve: Shelve): Promise<Shelved> {
    const entry = this.#entries.get(id);
    if (!entry) return refuse('not-found');
    if (entry.view.state === 'done') return { ok: true, import: entry.view };
    const { draft, view } = entry;
    if (draft === null) return view.error === null ? refuse('too-fast', 'It is not read yet.') : refuse('preview-gone');
    entry.shelving ??= this.#shelve(entry, draft, shelve).finally(() => {
      entry.shelving = null;
    });
    return entry.shelving;
  }

  /**
   * Lets one go, whatever has become of it, and if it has yet to come; a book on the shelf stays there. False while it is being
   * put there, and when there is none.
   */
  drop(id: ImportId): boolean {
    const entry = this.#entries.get(id);
    if (entry?.shelving) return false;
    this.#letGo.add(id);
    for (const oldest of this.#letGo) {
      if (this.#letGo.size <= IMPORTS_LET_GO_MAX) break;
      this.#letGo.delete(oldest);
    }
    if (!entry) return false;
    this.#entries.delete(id);
    entry.cancelled.abort();
    const at = this.#waiting.findIndex((job) => job.entry === entry);
    if (at >= 0) this.#waiting.splice(at, 1);
    return true;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Drops what waits and stops what runs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.length = 0;
    for (const { cancelled } of this.#entries.values()) cancelled.abort();
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    if (this.#running >= IMPORT_WORKERS_MAX || this.#isClosed) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running += 1;
    void this.#run(job).finally(() => {
      this.#running -= 1;
      this.#next();
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  async #run({ entry, brought }: Job): Promise<void> {
    change(entry, { state: 'reading' });
    try {
      const outcome = await this.#read(brought, {
        onProgress: (progress) => change(entry, { progress: Math.min(1, Math.max(0, progress)) }),
        signal: entry.cancelled.signal,
      });
      if (outcome.ok) this.#hold(entry, outcome.draft);
      else fail(entry, outcome);
    } catch (error) {
      this.#log.error({ err: error, import: entry.view.id }, 'an import broke');
      fail(entry, refuse('unavailable'));
    }
    entry.endsAt = this.#now() + KEPT_MS;
    // So that memory is given back on a quiet server too.
    setTimeout(() => this.#forget(), KEPT_MS).unref();
  }

  #hold(entry: Entry, draft: Draft): void {
    if (!this.#entries.has(entry.view.id)) return;
    entry.draft = draft;
    entry.weight = weigh(draft.book);
    change(entry, { state: 'ready', progress: 1, preview: draft.preview });
    let held = 0;
    for (const { weight } of this.#entries.values()) held += weight;
    for (const other of this.#entries.values()) {
      if (held <= IMPORTS_READY_MAX_BYTES) return;
      if (other === entry || other.draft === null || other.shelving) continue;
      held -= other.weight;
      fail(other, refuse('preview-gone'));
    }
  }

  async #shelve(entry: Entry, draft: Draft, shelve: Shelve): Promise<Shelved> {
    const outcome = await shelve(draft);
    if (!outcome.ok) return outcome;
    letGo(entry);
    change(entry, { state: 'done', preview: null, book: outcome.book.id });
    return { ok: true, import: entry.view };
  }

  #forget(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.endsAt <= this.#now() && isSettled(entry.view)) this.#entries.delete(id);
    }
  }
}

const isOpen = ({ state }: Import): boolean => state !== 'done' && state !== 'failed';
const isSettled = ({ state }: Import): boolean => state !== 'waiting' && state !== 'reading';

function change(entry: Entry, to: Partial<Import>): void {
  entry.view = { ...entry.view, ...to };
}

function letGo(entry: Entry): void {
  entry.draft = null;
  entry.weight = 0;
}

function fail(entry: Entry, { code, message }: Refusal): void {
  letGo(entry);
  change(entry, { state: 'failed', preview: null, error: { code, message } });
}

/** What blocks and marks take in memory beside their text, which is two bytes a character. */
const BLOCK_BYTES = 300;
const MARK_BYTES = 100;

function weigh({ chapters, pictures = [] }: SettledBook): number {
  let bytes = 0;
  for (const picture of pictures) bytes += picture.bytes.length;
  for (const { blocks } of chapters) {
    for (const { text, marks } of blocks) bytes += text.length * 2 + BLOCK_BYTES + marks.length * MARK_BYTES;
  }
  return bytes;
}
