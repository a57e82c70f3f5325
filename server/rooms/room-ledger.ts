import { isDeepStrictEqual } from 'node:util';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { Change, Commit, StoredSession } from '#server/storage/store.ts';
import { asDocumentUpdates, Margins, type Staged } from './margins.ts';
import { isMarginChange } from './margin.ts';
import type { RoomHouse } from './room-house.ts';
import { RoomRecords } from './room-records.ts';
import type { RoomEvent } from './rooms.ts';
import { SerialQueue } from './serial-queue.ts';

/** What one decided command, or one act of the server itself, changes. */
type Act = Pick<Commit, 'command' | 'at' | 'changes'>;

/** Whom the ledger tells of what it wrote. */
interface Readers {
  emit: (event: RoomEvent) => void;
  /** The store was read again: this is the open session that it has. */
  sessionRead: (session: StoredSession | null) => void;
}

/**
 * All writing of one room, one task after the other: commit, then apply, then tell. What it holds in memory is what is on
 * disk; after a commit that failed (and may or may not have gone through) it is read again before anything else happens.
 */
export class RoomLedger {
  readonly id: RoomId;
  records: RoomRecords;
  readonly margins: Margins;
  readonly #house: RoomHouse;
  readonly #readers: Readers;
  readonly #queue = new SerialQueue();
  #acts: Act[] = [];
  #stale = false;
  #closed = false;
  #lastStamp: number;

  constructor(house: RoomHouse, records: RoomRecords, readers: Readers) {
    this.id = records.room.id;
    this.records = records;
    // A clock that was set back must not put what comes now before what is there.
    this.#lastStamp = records.stampedAt;
    this.margins = new Margins(house.store, this.id, house.log);
    this.#house = house;
    this.#readers = readers;
  }

  /** Runs a task when all before it are done. Rejects when the store fails, or when the room was let go. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('the room was let go'));
    return this.#queue.run(async () => {
      if (this.#stale) await this.#readAgain();
      return task();
    });
  }

  /** The same for what people ask: a failure is the refusal `unavailable`, and they ask again. */
  async attempt<Result>(task: () => Promise<Result>): Promise<Result | Refusal> {
    try {
      return await this.run(task);
    } catch (error) {
      this.#house.log.error({ err: error, room: this.id }, 'a room could not do what was asked');
      return refuse('unavailable');
    }
  }

  /** A time for what is decided now. No two stamps of a room are equal, so that times alone give the order. */
  stamp(): number {
    this.#lastStamp = Math.max(this.#house.now(), this.#lastStamp + 1);
    return this.#lastStamp;
  }

  /**
   * Only inside a task: takes in what was decided, so that the next decision is made on top of it. Only margins, which
   * nobody reads outside tasks, run ahead; a change of anything else must be the last before `commit`.
   */
  async take(act: Act): Promise<void> {
    try {
      await this.margins.take(act.changes);
      this.#acts.push(act);
    } catch (error) {
      this.#giveUp();
      throw error;
    }
  }

  /** Only inside a task: writes what was taken in. Returns its last commit number, once all is on disk and everyone was told. */
  async commit(): Promise<number> {
    let staged: Staged[];
    let seq: number;
    const acts = this.#acts;
    try {
      staged = this.margins.stage();
      seq = await this.#house.store.commit(...this.#asCommits(acts, staged));
    } catch (error) {
      this.#giveUp();
      throw error;
    }
    this.#acts = [];
    this.#publish(
      acts.flatMap(({ changes }) => changes),
      staged,
    );
    return seq;
  }

  /** Only inside a task: an act of the server itself, written at once. */
  async write(at: number, changes: Change[]): Promise<void> {
    await this.take({ command: null, at, changes });
    await this.commit();
  }

  /** Tasks that have not finished. */
  get waiting(): number {
    return this.#queue.pending;
  }

  /** Lets go of what nobody needs now, unless a task is under way, which may be about to need it. */
  rest(): void {
    if (this.#queue.pending === 0) this.margins.rest();
  }

  get busy(): boolean {
    return this.#queue.pending > 0 || this.margins.listeners > 0;
  }

  /** Takes nothing more, and resolves when what was queued is done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.drained();
  }

  /** One update of each document for all acts together, written with the first of them. */
  #asCommits([first, ...rest]: readonly Act[], staged: readonly Staged[]): [Commit, ...Commit[]] {
    const room = this.id;
    if (!first) throw new Error('there is nothing to commit');
    return [
      { room, ...first, documents: asDocumentUpdates(staged) },
      ...rest.map((act) => ({ room, ...act, documents: [] })),
    ];
  }

  #giveUp(): void {
    this.#acts = [];
    this.#stale = true;
  }

  #publish(changes: readonly Change[], staged: readonly Staged[]): void {
    if (this.margins.publish(staged)) {
      void this.attempt(() => this.margins.compact());
    }
    for (const change of changes) {
      if (change.table === 'book-removed') this.#forgetBook(this.records.chaptersOf(change.book));
      if (change.table === 'book') this.#forgetTexts(change.chapters.map(({ id }) => id));
      if (change.table === 'revision') this.#forgetTexts([change.chapter.id]);
      for (const event of this.records.apply(change)) this.#readers.emit(event);
    }
    if (changes.some(isMarginChange)) {
      for (const [chapter, margin] of this.margins.loaded()) this.records.setCount(chapter, margin.notes);
    }
  }

  #forgetBook(chapters: ReturnType<RoomRecords['chaptersOf']>): void {
    this.margins.forget(chapters);
    this.#forgetTexts(chapters);
  }

  #forgetTexts(chapters: readonly ChapterId[]): void {
    for (const chapter of chapters) this.#house.chapters.forget(this.id, chapter);
  }

  async #readAgain(): Promise<void> {
    const read = await RoomRecords.read(this.#house.store, this.id);
    if (!read) throw new Error('the room is not in the store any more');
    await this.margins.resync();
    const before = this.records;
    this.records = read.records;
    this.#stale = false;
    // The failed commit may have gone through after all: then nobody was told of it.
    if (!isDeepStrictEqual(before.room, read.records.room)) {
      this.#readers.emit({ name: 'room.changed', payload: read.records.room, to: 'all' });
    }
    for (const member of read.records.members.values()) {
      if (!isDeepStrictEqual(before.members.get(member.id), member)) {
        this.#readers.emit({ name: 'member.changed', payload: member, to: 'all' });
      }
    }
    this.#readers.sessionRead(read.session);
  }
}
