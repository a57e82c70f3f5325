import * as Y from 'yjs';
import { PAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { BookId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import type { Change } from '#server/storage/store.ts';
import type { RoomHouse } from '../room-house.ts';
import type { PadReader, RoomPad } from '../rooms.ts';
import { SerialQueue } from '../serial-queue.ts';
import { type PadClients } from './pad-clients.ts';
import { type Canonical, PadDocument, SpoiltDocumentError } from './pad-document.ts';
import { PadVersions } from './pad-versions.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';
import { GapError, UnsoundUpdateError } from './update-structs.ts';
import { appendBlocks, writeBlocks } from './write-blocks.ts';

/** Updates that are committed in one go: they share one row, one sync to disk and one frame. */
const BATCH_MAX_UPDATES = 64;
/** A log of so many rows is folded into the snapshot. */
const COMPACT_AFTER_ROWS = 500;

interface Writing {
  member: MemberId;
  update: Uint8Array;
  from: object;
  resolve: (outcome: { ok: true } | Refusal | 'gap') => void;
}

interface Taken {
  writing: Writing;
  canonical: Canonical;
}

/** Who may do what, asked each time, as the room stands then. */
export interface PadRules {
  cannotWrite: (member: MemberId) => Refusal | null;
  cannotRemove: (member: MemberId, version: PadVersion) => Refusal | null;
}

export interface PadParts {
  house: RoomHouse;
  room: RoomId;
  book: BookId;
  /** The name it has in the store. */
  name: string;
  document: PadDocument;
  clients: PadClients;
  /** Rows in the stored log. */
  logged: number;
  rules: PadRules;
  ended: () => void;
}

/**
 * One book's pad. Everything happens in its own queue: check, apply, commit, and only then does anybody hear of it. Between
 * apply and commit the document runs ahead of the disk, so nobody is answered then; when the commit fails, the document
 * is read from the store again, and whoever was writing comes again with what was not kept.
 */
export class LivePad implements RoomPad {
  readonly versions: PadVersions;
  readonly #parts: PadParts;
  readonly #queue = new SerialQueue();
  readonly #readers = new Set<PadReader>();
  #document: PadDocument;
  #waiting: Writing[] = [];
  #logged: number;
  #ended = false;
  #wasReread = false;

  constructor(parts: PadParts) {
    this.#parts = parts;
    this.#document = parts.document;
    this.#logged = parts.logged;
    this.versions = new PadVersions(parts.house, parts.room, parts.book);
  }

  get lineage(): string {
    return this.#document.lineage;
  }

  enter(reader: PadReader): () => void {
    this.#readers.add(reader);
    return () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0 && this.versions.isDue) void this.#attempt(() => this.#keepVersion());
    };
  }

  async catchUp(stateVector: Uint8Array, give: (missing: Uint8Array, ownVector: Uint8Array) => void): Promise<void> {
    await this.#run(async () => give(this.#document.diff(stateVector), this.#document.stateVector()));
  }

  async claim(member: MemberId, client: number): Promise<boolean> {
    if (client === this.#document.serverClient) return false;
    return this.#run(() => this.#parts.clients.claim(member, [client], this.#document.clients()));
  }

  write(member: MemberId, update: Uint8Array, from: object): Promise<{ ok: true } | Refusal | 'gap'> {
    if (this.#ended) return Promise.resolve(refuse('unavailable'));
    return new Promise((resolve) => {
      this.#waiting.push({ member, update, from, resolve });
      if (this.#waiting.length === 1) void this.#attempt(() => this.#work());
    });
  }

  blocks(): Promise<PadBlock[]> {
    return this.#run(async () => readBlocks(this.#document.fragment));
  }

  append(member: MemberId, blocks: readonly PadBlock[]): Promise<{ ok: true } | Refusal> {
    return this.#edit(member, (fragment) => appendBlocks(fragment, blocks));
  }

  /** Takes what the pad says now as a version first, so that a restore can itself be undone. */
  replace(member: MemberId, blocks: readonly PadBlock[]): Promise<{ ok: true } | Refusal> {
    return this.#edit(
      member,
      (fragment) => writeBlocks(fragment, blocks),
      () => this.versions.make(readBlocks(this.#document.fragment), { cause: 'restore', title: null, author: member }),
    );
  }

  async name(member: MemberId, title: string): Promise<{ ok: true } | Refusal> {
    return this.#attempt(async () => {
      const content = readBlocks(this.#document.fragment);
      const barred = this.#parts.rules.cannotWrite(member) ?? (await this.versions.cannotName(content));
      if (barred) return barred;
      await this.#commit(await this.versions.make(content, { cause: 'named', title, author: member }), []);
      return { ok: true };
    });
  }

  removeVersion(member: MemberId, version: PadVersion): Promise<{ ok: true } | Refusal> {
    return this.#attempt(async () => {
      const barred = this.#parts.rules.cannotRemove(member, version);
      if (barred) return barred;
      await this.#commit([{ table: 'pad-version-removed', version: version.id }], []);
      return undefined;
    });
  }

  get busy(): boolean {
    return this.#readers.size > 0 || this.#queue.pending > 0;
  }

  /** Its book left the shelf, or it cannot be kept in memory: readers are let go. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#parts.ended();
    for (const reader of this.#readers) reader.gone();
    for (const { resolve } of this.#waiting.splice(0)) resolve(refuse('unavailable'));
  }

  async close(): Promise<void> {
    await this.#queue.drained();
    this.end();
  }

  #run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#ended) return Promise.reject(new Error('the pad was let go'));
    return this.#queue.run(task);
  }

  async #attempt(task: () => Promise<{ ok: true } | Refusal | undefined>): Promise<{ ok: true } | Refusal> {
    try {
      return (await this.#run(task)) ?? { ok: true };
    } catch (error) {
      this.#parts.house.log.error({ err: error, document: this.#parts.name }, 'a pad could not do what was asked');
      return refuse('unavailable');
    }
  }

  async #work(): Promise<undefined> {
    while (this.#waiting.length > 0 && !this.#ended) await this.#writeBatch();
  }

  async #writeBatch(): Promise<void> {
    // They stay in line until they are done: `write` starts the work only for the first of a line.
    const batch = this.#waiting.slice(0, BATCH_MAX_UPDATES);
    const before = this.#document.stateVector();
    const taken: Taken[] = [];
    const refused = new Map<Writing, Refusal | 'gap'>();
    try {
      for (const writing of batch) {
        const barred = await this.#take(writing, taken);
        if (barred) refused.set(writing, barred);
      }
      if (taken.length > 0) {
        const update = Y.mergeUpdates(taken.map(({ canonical }) => canonical.update));
        await this.#commit([], [update]);
        this.versions.changedBy(taken.at(-1)?.writing.member ?? null);
        if (!this.#wasReread) this.#tell(update, onlyWriter(taken));
      }
      // What was read again may have cleared up formatting that nobody was told of.
      if (this.#wasReread) this.#tell(this.#document.diff(before), null);
      this.#wasReread = false;
    } catch (error) {
      this.#parts.house.log.error({ err: error, document: this.#parts.name }, 'a pad could not be written');
      for (const writing of batch) if (!refused.has(writing)) refused.set(writing, refuse('unavailable'));
      await this.#readAgain(before, []);
    }
    this.#waiting.splice(0, batch.length);
    for (const writing of batch) writing.resolve(refused.get(writing) ?? { ok: true });
    await this.#compact();
  }

  /** Checks one update and applies it. Null when that went well, or changed nothing. */
  async #take(writing: Writing, taken: Taken[]): Promise<Refusal | 'gap' | null> {
    const { member, update } = writing;
    const barred = this.#parts.rules.cannotWrite(member);
    if (barred) return barred;
    try {
      const { clients } = this.#document.check(update);
      if (clients.length > 0 && !this.#fits(update)) return refuse('pad-full');
      if (!(await this.#parts.clients.claim(member, clients, this.#document.clients()))) return refuse('not-yours');
      const canonical = this.#document.take(update);
      if (canonical) taken.push({ writing, canonical });
      return null;
    } catch (error) {
      if (error instanceof GapError) return 'gap';
      if (!(error instanceof UnsoundUpdateError || error instanceof SpoiltDocumentError)) throw error;
      this.#parts.house.log.warn(
        { document: this.#parts.name, member, reason: error.message },
        'an update of a pad was refused',
      );
      if (error instanceof SpoiltDocumentError) {
        await this.#readAgain(
          null,
          taken.map(({ canonical }) => canonical.update),
        );
      }
      return refuse('malformed');
    }
  }

  #fits({ length }: Uint8Array): boolean {
    return this.#document.bytes + length <= PAD_MAX_BYTES || this.#document.measure() + length <= PAD_MAX_BYTES;
  }

  #edit(
    member: MemberId,
    change: (fragment: Y.XmlFragment) => void,
    also: () => Promise<Change[]> = () => Promise.resolve([]),
  ): Promise<{ ok: true } | Refusal> {
    return this.#attempt(async () => {
      const barred = this.#parts.rules.cannotWrite(member);
      if (barred) return barred;
      const before = this.#document.stateVector();
      try {
        const changes = await also();
        const update = this.#document.edit(change)?.update;
        if (this.#document.bytes > PAD_MAX_BYTES && this.#document.measure() > PAD_MAX_BYTES) {
          await this.#readAgain(null, []);
          return refuse('pad-full');
        }
        if (!update) return undefined;
        await this.#commit(changes, [update]);
        this.versions.changedBy(member);
        this.#tell(update, null);
        return undefined;
      } catch (error) {
        await this.#readAgain(before, []);
        throw error;
      }
    });
  }

  async #keepVersion(): Promise<undefined> {
    if (this.#readers.size > 0) return;
    const content = readBlocks(this.#document.fragment);
    await this.#commit(
      await this.versions.make(content, { cause: 'left', title: null, author: this.versions.lastWriter }),
      [],
    );
  }

  async #commit(changes: Change[], updates: Uint8Array[]): Promise<void> {
    const { house, room, name } = this.#parts;
    const documents = updates.map((update) => ({ document: name, lineage: this.lineage, update }));
    await house.store.commit({ room, command: null, at: house.now(), changes, documents });
    this.#logged += updates.length;
  }

  #tell(update: Uint8Array, from: object | null): void {
    for (const reader of this.#readers) reader.update(update, from);
  }

  /**
   * Back to what is on disk, with what this batch had taken before. A commit whose answer was lost may have gone through:
   * then everybody hears of it now (`since` is what they know).
   */
  async #readAgain(since: Uint8Array | null, taken: readonly Uint8Array[]): Promise<void> {
    const { house, name } = this.#parts;
    try {
      const stored = await house.store.document(name);
      if (stored?.lineage !== this.lineage) throw new Error('the pad is not in the store any more');
      const document = PadDocument.read(stored);
      for (const update of taken) document.take(update);
      this.#document = document;
      this.#logged = stored.updates.length;
      if (since) this.#tell(document.diff(since), null);
      else this.#wasReread = true;
    } catch (error) {
      house.log.error({ err: error, document: name }, 'a pad was let go, because it could not be read again');
      this.end();
    }
  }

  /** The snapshot and the emptied log are one transaction, and no commit is under way in this queue. */
  async #compact(): Promise<void> {
    if (this.#logged < COMPACT_AFTER_ROWS || this.#ended) return;
    try {
      await this.#parts.house.store.replaceDocument(this.#parts.name, this.lineage, this.#document.encode());
      this.#logged = 0;
      this.#document.measure();
    } catch (error) {
      this.#parts.house.log.error({ err: error, document: this.#parts.name }, 'a pad could not be compacted');
    }
  }
}

/** Who need not be told of this: the only one who wrote it, unless the document did more than they had asked for. */
function onlyWriter(taken: readonly Taken[]): object | null {
  const [first, ...others] = taken;
  return first && others.length === 0 && !first.canonical.hasMore ? first.writing.from : null;
}
