import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import { encodeWrites } from './encode-writes.ts';
import type { Write } from './projection.ts';
import type { SharedDocument } from './rooms.ts';

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

  /** The document as it was stored. Throws `UnreadableDocumentError` when its bytes are not such a document. */
  static read(stored: StoredDocument): LiveDocument {
    const document = new LiveDocument(stored.lineage);
    document.catchUp(stored);
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
      doc.transact(() => {
        if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot);
        for (const update of stored.updates) Y.applyUpdate(doc, update);
      });
    } catch (error) {
      throw new UnreadableDocumentError('an update could not be applied', { cause: error });
    } finally {
      doc.off('update', gain);
    }
    const clients = [...doc.store.clients.keys()];
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
      throw new UnreadableDocumentError('an update is missing');
    }
    if (clients.some((client) => client !== this.#client)) throw new UnreadableDocumentError('another client wrote');
    if (marginMaps(doc).meta.get('lineage') !== this.lineage) throw new UnreadableDocumentError('another lineage');
    this.#encoded = null;
    if (gained) this.#tell(gained);
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

  /** Writes that bring the document to hold exactly these entries. */
  differenceTo(writes: readonly Write[]): Write[] {
    const wanted = new Set(writes.map(({ root, key }) => `${root} ${key}`));
    const { annotations, replies, reactions } = marginMaps(this.#awake());
    const gone: Write[] = [];
    for (const key of annotations.keys()) gone.push({ root: 'annotations', key, value: undefined });
    for (const key of replies.keys()) gone.push({ root: 'replies', key, value: undefined });
    for (const key of reactions.keys()) gone.push({ root: 'reactions', key, value: undefined });
    return [...gone.filter(({ root, key }) => !wanted.has(`${root} ${key}`)), ...writes];
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
