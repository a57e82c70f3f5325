import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import { checkPadUpdate } from './check-update.ts';

const EVERYTHING = new Uint8Array([0]);

/** The document in memory is not what it should be any more: it must be read from the store again. */
export class SpoiltDocumentError extends Error {
  override readonly name = 'SpoiltDocumentError';
}

/** What a write did, in the document's own encoding. */
export interface Canonical {
  update: Uint8Array;
  /** Yjs did more than was asked (it clears up formatting after others' updates), which the writer does not have yet. */
  hasMore: boolean;
}

/** A pad's Yjs document. It runs ahead of the disk between `take` and the commit; whoever holds it sends nothing then. */
export class PadDocument {
  readonly lineage: string;
  readonly #doc = new Y.Doc();
  #bytes = 0;
  #whole: Uint8Array | null = null;

  private constructor(lineage: string) {
    this.lineage = lineage;
  }

  /** Throws `SpoiltDocumentError` when its bytes cannot be read back: nothing may then be written over them. */
  static read(stored: StoredDocument): PadDocument {
    const document = new PadDocument(stored.lineage);
    for (const update of [stored.snapshot, ...stored.updates]) if (update) document.#apply(update);
    document.measure();
    return document;
  }

  /** The id under which the server itself writes here; nobody else may have it. */
  get serverClient(): number {
    return createHash('sha256').update(this.lineage).digest().readUInt32BE(0);
  }

  get fragment(): Y.XmlFragment {
    return this.#doc.getXmlFragment(PAD_ROOT);
  }

  /** Encoded size, never less than it is: what was deleted since the last `measure` still counts. */
  get bytes(): number {
    return this.#bytes;
  }

  measure(): number {
    this.#bytes = this.encode().length;
    return this.#bytes;
  }

  /** Client ids under which something was ever written. */
  clients(): Set<number> {
    return new Set(this.#doc.store.clients.keys());
  }

  /** Throws `UnsoundUpdateError`, and changes nothing. Returns the client ids under which the update brings news. */
  check(update: Uint8Array): { clients: number[] } {
    return checkPadUpdate(this.#doc, update);
  }

  /** Applies what was checked, and returns what it did in the document's own words; null when that is nothing. */
  take(update: Uint8Array): Canonical | null {
    return this.#recorded(() => this.#apply(update));
  }

  /** Writes as the server; the same contract as `take`. */
  edit(change: (fragment: Y.XmlFragment) => void): Canonical | null {
    return this.#recorded(() => {
      // Set anew each time: Yjs gives a document another id whenever it reads updates under its own.
      this.#doc.clientID = this.serverClient;
      this.#doc.transact(() => change(this.fragment));
    });
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  encode(): Uint8Array {
    this.#whole ??= Y.encodeStateAsUpdate(this.#doc);
    return this.#whole;
  }

  /** What somebody with this state vector lacks. Throws when it is garbage. */
  diff(stateVector: Uint8Array): Uint8Array {
    const isNew = stateVector.length === 1 && stateVector[0] === EVERYTHING[0];
    return isNew ? this.encode() : Y.encodeStateAsUpdate(this.#doc, stateVector);
  }

  #recorded(write: () => void): Canonical | null {
    const made: Uint8Array[] = [];
    const record = (update: Uint8Array): void => {
      made.push(update);
    };
    this.#doc.on('update', record);
    try {
      write();
    } finally {
      this.#doc.off('update', record);
      this.#whole = null;
    }
    if (made.length === 0) return null;
    const update = Y.mergeUpdates(made);
    this.#bytes += update.length;
    return { update, hasMore: made.length > 1 };
  }

  #apply(update: Uint8Array): void {
    try {
      Y.applyUpdate(this.#doc, update);
    } catch (error) {
      throw new SpoiltDocumentError('an update could not be applied', { cause: error });
    }
    // What waits for something would come to life in somebody else's hands.
    const { pendingStructs, pendingDs } = this.#doc.store;
    if (pendingStructs !== null || pendingDs !== null) throw new SpoiltDocumentError('an update waits for another');
  }
}
