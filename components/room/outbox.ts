import type { Ack, Command } from '#shared/protocol/command.ts';
import { type Refusal, refusals, refuse } from '#shared/protocol/refusal.ts';
import type { CommandId, MemberId, RoomId } from '#shared/records/ids.ts';
import { type OutboxStorage, openOutboxStorage } from './outbox-storage.ts';
import { createSlice, type Slice } from './slice.ts';

/** A command and when it was made on this device (epoch milliseconds). */
export interface Made {
  command: Command;
  madeAt: number;
}

/**
 * `waiting` for a connection, `sending` (no ack yet), `saved` (acked; kept until the margin document shows it too), or
 * `refused` (kept, with its words, until the person decides what to do with it).
 */
export type OutboxEntry = Made &
  ({ state: 'waiting' | 'sending' } | { state: 'saved'; seq: number } | { state: 'refused'; refusal: Refusal });

/** Sends one command and resolves with its ack; rejects when the connection is lost before the ack. */
export type Transport = (command: Command) => Promise<Ack>;

const RETRY_MS = 1_000;
const RETRY_MAX_MS = 15_000;
/** A saved command may never show: somebody else has changed the same record since. Then the document is right. */
const SHOWN_WITHIN_MS = 5_000;

/**
 * Commands in the order they were made, kept on this device until the server has acked them. One is in flight at a time,
 * so that an edit can never overtake the note it edits; sending again after a reconnect is safe because the server knows
 * the ids.
 */
export class Outbox {
  readonly entries: Slice<readonly OutboxEntry[]>;
  /** False where this browser keeps nothing over a reload. */
  durable = true;
  #entries = createSlice<readonly OutboxEntry[]>([]);
  #storage: Promise<OutboxStorage> = openOutboxStorage();
  #transport: Transport | null = null;
  #pumping = false;
  #retryMs = RETRY_MS;
  #place = Date.now();
  readonly #room: RoomId;
  readonly #member: MemberId;

  constructor(room: RoomId, member: MemberId) {
    this.#room = room;
    this.#member = member;
    this.entries = this.#entries;
  }

  /** Brings back what an earlier page left unsent, or was refused and left undecided. */
  async restore(): Promise<void> {
    const storage = await this.#storage;
    this.durable = storage.durable;
    const kept = await storage.load(this.#room, this.#member);
    const known = new Set(this.#entries.get().map((entry) => entry.command.id));
    const restored = kept
      .filter((entry) => !known.has(entry.id))
      .map(({ command, madeAt, refusal }): OutboxEntry =>
        refusal === undefined ? { command, madeAt, state: 'waiting' } : { command, madeAt, state: 'refused', refusal },
      );
    if (restored.length > 0) this.#entries.set([...restored, ...this.#entries.get()]);
    void this.#pump();
  }

  add(command: Command): void {
    const madeAt = Date.now();
    this.#entries.set([...this.#entries.get(), { command, madeAt, state: 'waiting' }]);
    const place = (this.#place += 1);
    const kept = { id: command.id, room: this.#room, member: this.#member, place, madeAt, command };
    void this.#storage.then((storage) => storage.put(kept)).catch(() => (this.durable = false));
    void this.#pump();
  }

  connect(transport: Transport): void {
    this.#transport = transport;
    this.#retryMs = RETRY_MS;
    void this.#pump();
  }

  disconnect(): void {
    this.#transport = null;
    this.#update((entry) => (entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry));
  }

  /** Lets a refused command go. */
  dismiss(id: CommandId): void {
    this.#drop(id);
    void this.#unstore(id);
  }

  /** Lets go of saved commands that the document shows by now. */
  settle(isShown: (command: Command) => boolean): void {
    const shown = this.#entries.get().filter((entry) => entry.state === 'saved' && isShown(entry.command));
    if (shown.length > 0) this.#entries.set(this.#entries.get().filter((entry) => !shown.includes(entry)));
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (;;) {
        const transport = this.#transport;
        const next = this.#entries.get().find((entry) => entry.state === 'waiting');
        if (transport === null || next === undefined) return;
        const { command, madeAt } = next;
        this.#replace(command.id, { command, madeAt, state: 'sending' });
        const ack = await transport(command).catch(() => null);
        if (ack === null) {
          this.#replace(command.id, { command, madeAt, state: 'waiting' });
          if (this.#transport === transport) return;
        } else if (ack.ok) {
          this.#retryMs = RETRY_MS;
          this.#replace(command.id, { command, madeAt, state: 'saved', seq: ack.seq });
          setTimeout(() => this.#drop(command.id), SHOWN_WITHIN_MS);
          await this.#unstore(command.id);
        } else if (refusals[ack.code].retry) {
          this.#replace(command.id, { command, madeAt, state: 'waiting' });
          setTimeout(() => void this.#pump(), this.#retryMs * (1 + Math.random()));
          this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
          return;
        } else {
          const refusal = refuse(ack.code, ack.message);
          this.#replace(command.id, { command, madeAt, state: 'refused', refusal });
          await this.#storage.then((storage) => storage.refuse(command.id, refusal)).catch(() => undefined);
        }
      }
    } finally {
      this.#pumping = false;
    }
  }

  async #unstore(id: CommandId): Promise<void> {
    await this.#storage.then((storage) => storage.remove(id)).catch(() => undefined);
  }

  #drop(id: CommandId): void {
    const before = this.#entries.get();
    const after = before.filter((entry) => entry.command.id !== id);
    if (after.length < before.length) this.#entries.set(after);
  }

  #replace(id: CommandId, next: OutboxEntry): void {
    this.#update((entry) => (entry.command.id === id ? next : entry));
  }

  #update(change: (entry: OutboxEntry) => OutboxEntry): void {
    const before = this.#entries.get();
    const after = before.map(change);
    if (after.some((entry, index) => entry !== before[index])) this.#entries.set(after);
  }
}
