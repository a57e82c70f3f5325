import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import { encodeParts } from './encode-parts.ts';
import { encodeWrites } from './encode-writes.ts';
import type { Write } from './projection.ts';
import type { SharedDocument } from './rooms.ts';

/** Bytes of stored updates taken in before others have their turn; one part of a long document is about as much. */
const TAKEN_AT_ONCE_BYTES = 256_000;
const COMPARED_AT_ONCE = 1_000;

const othersHadTheirTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A state vector of no entries. */
const isEmptyVector = (vector: Uint8Array): boolean => vector.length === 0 || (vector.length === 1 && vector[0] === 0);

/** The server writes a document under one client id for its whole life, so it follows from the lineage. */
const clientOf = (lineage: string): number => createHash('sha256').update(lineage).digest().readUInt32BE(0);

/** A document that could not be read back; it is then rebuilt from the rows. */
export class UnreadableDocumentError extends Error {
  override readonly name = 'UnreadableDocumentError';
}

/** A document that takes less than this when encoded is woken in a few milliseconds, and so may fall asleep. */
const ASLEEP_MAX_BYTES = 256_000;

/**
 * One margin or notes document in memory, always as it is on disk. `stage` says what a change would be as an update and
 * changes nothing; `publish` takes an update in once it is committed, and hands it to everyone who listens.
 *
 * A document that is only read is asleep: it is its encoded bytes, a tenth of what Yjs makes of them in memory.
 */
export class LiveDocument implements SharedDocument {
  readonly lineage: string;
  readonly #client: number;
  // Its own client id stays unused: Yjs changes the id of a document that takes in updates under that same id.
  #doc: Y.Doc | null = new Y.Doc();
  readonly #listeners = new Set<(update: Uint8Array) => void>();
  /** All that it holds; always there while it is asleep. */
  #encoded: Uint8Array | null = null;
  #changed = false;

  private constructor(lineage: string) {
    this.lineage = lineage;
    this.#client = clientOf(lineage);
  }

  /** A new document with these entries under a new lineage. */
  static create(lineage: string, writes: readonly Write[]): LiveDocument {
    const document = new LiveDocument(lineage);
    const update = document.stage([{ root: 'meta', key: 'lineage', value: lineage }, ...writes]);
    if (update) document.publish(update);
    return document;
  }

  /**
   * The document as it was stored, taken in part by part so that a long one stops nobody. Rejects with
   * `UnreadableDocumentError` when its bytes are not such a document.
   */
  static async read(stored: StoredDocument): Promise<LiveDocument> {
    const document = new LiveDocument(stored.lineage);
    let bytes = 0;
    let together: Uint8Array[] = [];
    for (const update of stored.snapshot ? [stored.snapshot, ...stored.updates] : stored.updates) {
      together.push(update);
      bytes += update.length;
      if (bytes < TAKEN_AT_ONCE_BYTES) continue;
      document.#takeIn(together);
      together = [];
      bytes = 0;
      await othersHadTheirTurn();
    }
    document.#takeIn(together);
    document.#check();
    return document;
  }

  /** Takes in what the store has and this copy has not; listeners get the difference. */
  catchUp(stored: StoredDocument): void {
    const doc = this.#awake();
    let gained: Uint8Array | null = null;
    const gain = (update: Uint8Array): void => {
      gained = update;
    };
    doc.on('update', gain);
    try {
      this.#takeIn(stored.snapshot ? [stored.snapshot, ...stored.updates] : stored.updates);
    } finally {
      doc.off('update', gain);
    }
    this.#check();
    if (gained) this.#tell(gained);
  }

  #takeIn(updates: readonly Uint8Array[]): void {
    const doc = this.#awake();
    this.#encoded = null;
    try {
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update);
      });
    } catch (error) {
      throw new UnreadableDocumentError('an update could not be applied', { cause: error });
    }
  }

  #check(): void {
    const doc = this.#awake();
    const clients = [...doc.store.clients.keys()];
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
      throw new UnreadableDocumentError('an update is missing');
    }
    if (clients.some((client) => client !== this.#client)) throw new UnreadableDocumentError('another client wrote');
    if (marginMaps(doc).meta.get('lineage') !== this.lineage) throw new UnreadableDocumentError('another lineage');
  }

  /** The update that these writes are, entries that stay the same left out; null when they all do. */
  stage(writes: readonly Write[]): Uint8Array | null {
    const doc = this.#awake();
    const last = new Map(writes.map((write) => [`${write.root} ${write.key}`, write]));
    const changing = [...last.values()].filter(
      ({ root, key, value }) => !isDeepStrictEqual(doc.getMap(root).get(key), value),
    );
    return encodeWrites(doc, this.#client, changing);
  }

  /** What would bring the document to hold exactly these entries; compared a few at a time, so that a long one stops nobody. */
  async differenceTo(writes: readonly Write[]): Promise<Write[]> {
    const doc = this.#awake();
    const changing: Write[] = [];
    for (const [index, write] of writes.entries()) {
      if (!isDeepStrictEqual(doc.getMap(write.root).get(write.key), write.value)) changing.push(write);
      if (index % COMPARED_AT_ONCE === COMPARED_AT_ONCE - 1) await othersHadTheirTurn();
    }
    return [...this.#goneFrom(writes), ...changing];
  }

  #goneFrom(writes: readonly Write[]): Write[] {
    const wanted = new Set(writes.map(({ root, key }) => `${root} ${key}`));
    const { annotations, replies, reactions } = marginMaps(this.#awake());
    const gone: Write[] = [];
    for (const key of annotations.keys()) gone.push({ root: 'annotations', key, value: undefined });
    for (const key of replies.keys()) gone.push({ root: 'replies', key, value: undefined });
    for (const key of reactions.keys()) gone.push({ root: 'reactions', key, value: undefined });
    return gone.filter(({ root, key }) => !wanted.has(`${root} ${key}`));
  }

  publish(update: Uint8Array): void {
    Y.applyUpdate(this.#awake(), update);
    this.#encoded = null;
    this.#changed = true;
    this.#tell(update);
  }

  diff(stateVector: Uint8Array): Uint8Array {
    if (isEmptyVector(stateVector)) return this.#whole();
    return this.#doc ? Y.encodeStateAsUpdate(this.#doc, stateVector) : Y.diffUpdate(this.#whole(), stateVector);
  }

  /** All that it holds, as updates to store one after the other. */
  parts(): [Uint8Array, ...Uint8Array[]] {
    return encodeParts(this.#awake(), this.#client);
  }

  stateVector(): Uint8Array {
    return this.#doc ? Y.encodeStateVector(this.#doc) : Y.encodeStateVectorFromUpdate(this.#whole());
  }

  /** Called now and then: falls asleep if it was not written since the last time, and is small enough to be woken quickly. */
  rest(): void {
    const wasChanged = this.#changed;
    this.#changed = false;
    if (wasChanged || !this.#doc || this.#whole().length > ASLEEP_MAX_BYTES) return;
    this.#doc.destroy();
    this.#doc = null;
  }

  subscribe(listener: (update: Uint8Array) => void): () => void {
    // A set of its own entries: the same function may subscribe twice.
    const entry = (update: Uint8Array): void => listener(update);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  #whole(): Uint8Array {
    this.#encoded ??= Y.encodeStateAsUpdate(this.#awake());
    return this.#encoded;
  }

  #awake(): Y.Doc {
    if (!this.#doc) {
      this.#doc = new Y.Doc();
      Y.applyUpdate(this.#doc, this.#whole());
    }
    return this.#doc;
  }

  #tell(update: Uint8Array): void {
    for (const listener of this.#listeners) listener(update);
  }
}
