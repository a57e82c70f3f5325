import { newId, type BookId, type MemberId, type RoomId } from '#shared/records/ids.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import type { RoomHouse } from '../room-house.ts';
import { LivePad } from './live-pad.ts';
import { PadClients } from './pad-clients.ts';
import { PadDocument } from './pad-document.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';
import { writeBlocks } from './write-blocks.ts';

/** Client ids from which on a pad is written anew when it is loaded: each one makes every update dearer (yjs#415). */
const REBUILD_AT_CLIENTS = 1_000;

/** The pads of one room, each loaded when it is first asked for. */
export class Pads {
  readonly #house: RoomHouse;
  readonly #room: RoomId;
  readonly #barred: (member: MemberId) => Refusal | null;
  readonly #pads = new Map<BookId, LivePad>();

  constructor(house: RoomHouse, room: RoomId, barred: (member: MemberId) => Refusal | null) {
    this.#house = house;
    this.#room = room;
    this.#barred = barred;
  }

  /** Must run in the room's queue, where no book leaves meanwhile. Rejects when the store fails or the pad is damaged. */
  async open(book: BookId): Promise<LivePad> {
    const known = this.#pads.get(book);
    if (known) return known;
    const name = `pad:${book}`;
    const { document, logged } = await this.#read(name);
    const pad = new LivePad({
      house: this.#house,
      room: this.#room,
      book,
      name,
      document,
      clients: await PadClients.read(this.#house.store, name),
      logged,
      barred: this.#barred,
      ended: () => this.#pads.delete(book),
    });
    this.#pads.set(book, pad);
    return pad;
  }

  /** The book left the shelf. */
  forget(book: BookId): void {
    this.#pads.get(book)?.end();
  }

  get busy(): boolean {
    return [...this.#pads.values()].some((pad) => pad.busy);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pads.values()].map((pad) => pad.close()));
  }

  async #read(name: string): Promise<{ document: PadDocument; logged: number }> {
    const { store } = this.#house;
    const stored = await store.document(name);
    if (stored) {
      const document = PadDocument.read(stored);
      const clients = document.clients();
      if (clients.size < REBUILD_AT_CLIENTS) return { document, logged: stored.updates.length };
      const rebuilt = PadDocument.read(emptyDocument());
      rebuilt.edit((fragment) => writeBlocks(fragment, readBlocks(document.fragment)));
      await store.replaceDocument(name, rebuilt.lineage, rebuilt.encode());
      return { document: rebuilt, logged: 0 };
    }
    const document = PadDocument.read(emptyDocument());
    await store.replaceDocument(name, document.lineage, document.encode());
    return { document, logged: 0 };
  }
}

const emptyDocument = (): StoredDocument => ({ lineage: newId(), snapshot: null, updates: [] });
