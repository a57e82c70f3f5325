import * as Y from 'yjs';
import { PAD_CLOCK_MAX, PAD_UPDATE_DELETIONS_MAX, PAD_UPDATE_STRUCTS_MAX } from '#server/limits.ts';

export type Struct = Y.Item | Y.GC;

/** Why an update is not let in, for the log: a few words, nothing of its content. */
export class UnsoundUpdateError extends Error {
  override readonly name: string = 'UnsoundUpdateError';
}

/** It builds on something that the document has not. Until a client has said all it has, that can be honest. */
export class GapError extends UnsoundUpdateError {
  override readonly name = 'GapError';
}

/**
 * What an update brings that the document lacks, by client id and in order of its clocks. The decoded update is what
 * counts: decoding allocates nothing that the bytes do not hold, applying does (25 bytes can claim 30 million structs).
 */
export class UpdateStructs {
  readonly #doc: Y.Doc;
  readonly #fresh = new Map<number, Struct[]>();
  readonly #after = new Map<number, number>();

  /** Throws `UnsoundUpdateError`. */
  constructor(doc: Y.Doc, update: Uint8Array) {
    this.#doc = doc;
    const { structs, ds } = decode(update);
    if (structs.length > PAD_UPDATE_STRUCTS_MAX) throw new UnsoundUpdateError('too many structs');
    let client: number | null = null;
    let clock = 0;
    for (const struct of structs) {
      if (struct.constructor !== Y.Item && struct.constructor !== Y.GC) throw new UnsoundUpdateError('a skip');
      if (struct.id.client !== client) {
        client = struct.id.client;
        // A second section of one client would shadow the first.
        if (this.#after.has(client)) throw new UnsoundUpdateError('a client twice');
        clock = struct.id.clock;
        if (clock > this.known(client)) throw new GapError('a gap before a client');
      }
      if (struct.id.clock !== clock || !(struct.length > 0)) throw new UnsoundUpdateError('a gap within a client');
      clock += struct.length;
      if (!(clock <= PAD_CLOCK_MAX)) throw new UnsoundUpdateError('a clock out of range');
      this.#after.set(client, clock);
      if (clock <= this.known(client)) continue;
      const fresh = this.#fresh.get(client);
      if (fresh) fresh.push(struct);
      else this.#fresh.set(client, [struct]);
    }
    this.#checkDeletions(ds);
  }

  /** Ids under which something new comes. */
  get clients(): number[] {
    return [...this.#fresh.keys()];
  }

  *items(): Iterable<Y.Item> {
    for (const structs of this.#fresh.values())
      for (const struct of structs) if (struct instanceof Y.Item) yield struct;
  }

  /** The first clock of a client that the document has not. */
  known(client: number): number {
    return Y.getState(this.#doc.store, client);
  }

  /** Whether the document has this, or will have when the update is through. */
  holds(id: Y.ID): boolean {
    return id.clock >= 0 && id.clock < Math.max(this.known(id.client), this.#after.get(id.client) ?? 0);
  }

  /** The struct of the update that covers this id; null when the document has it already. */
  fresh(id: Y.ID): Struct | null {
    if (id.clock < this.known(id.client)) return null;
    const structs = this.#fresh.get(id.client) ?? [];
    let low = 0;
    let high = structs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const struct = structs[middle];
      if (!struct) break;
      if (id.clock < struct.id.clock) high = middle - 1;
      else if (id.clock >= struct.id.clock + struct.length) low = middle + 1;
      else return struct;
    }
    return null;
  }

  /** A deletion of what is not there yet would erase whatever its author writes later. */
  #checkDeletions({ clients }: { clients: Map<number, { clock: number; len: number }[]> }): void {
    let ranges = 0;
    for (const [client, deleted] of clients) {
      ranges += deleted.length;
      if (ranges > PAD_UPDATE_DELETIONS_MAX) throw new UnsoundUpdateError('too many deletions');
      const after = Math.max(this.known(client), this.#after.get(client) ?? 0);
      for (const { clock, len } of deleted) {
        if (!(clock >= 0 && len > 0 && clock + len <= after)) throw new GapError('a deletion of the future');
      }
    }
  }
}

function decode(update: Uint8Array) {
  try {
    return Y.decodeUpdate(update);
  } catch (error) {
    throw new UnsoundUpdateError('not an update', { cause: error });
  }
}
