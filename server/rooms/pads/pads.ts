import type { BookId, RoomId } from '#shared/records/ids.ts';
import { padText, type PadBlock } from '#shared/records/pad-block.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import type { RoomHouse } from '../room-house.ts';
import { LivePad, type PadRules } from './live-pad.ts';
import { PadClients } from './pad-clients.ts';
import { PadDocument, SpoiltDocumentError } from './pad-document.ts';
import { newDocument, rebuildPad } from './rebuild-pad.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';

/** Client ids from which on a pad is written anew when it is loaded: each one makes every update dearer (yjs#415). */
const REBUILD_AT_CLIENTS = 1_000;

/** The pads of one room, each loaded when it is first asked for. */
export class Pads {
  readonly #house: RoomHouse;
  readonly #room: RoomId;
  readonly #rules: PadRules;
  readonly #pads = new Map<BookId, LivePad>();

  constructor(house: RoomHouse, room: RoomId, rules: PadRules) {
    this.#house = house;
    this.#room = room;
    this.#rules = rules;
  }

  /** Must run in the room's queue, where no book leaves meanwhile. Rejects when the store fails; a damaged pad is rebuilt. */
  async open(book: BookId): Promise<LivePad> {
    const known = this.#pads.get(book);
    if (known) return known;
    const name = `pad:${book}`;
    const { document, logged } = await this.#read(book, name);
    const pad = new LivePad({
      house: this.#house,
      room: this.#room,
      book,
      name,
      document,
      clients: await PadClients.read(this.#house.store, name),
      logged,
      rules: this.#rules,
      ended: () => this.#pads.delete(book),
    });
    this.#pads.set(book, pad);
    return pad;
  }

  /** What a pad says, line by line. One that is not in memory is read and let go; of a damaged one, that nothing can be read. */
  async lines(book: BookId): Promise<string[]> {
    const known = this.#pads.get(book);
    if (known) return linesOf(await known.blocks());
    const stored = await this.#house.store.document(`pad:${book}`);
    const read = stored && readUnlessDamaged(stored);
    return read ? linesOf(readBlocks(read.fragment)) : [];
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

  async #read(book: BookId, name: string): Promise<{ document: PadDocument; logged: number }> {
    const { store } = this.#house;
    const stored = await store.document(name);
    const read = stored && readUnlessDamaged(stored);
    if (stored && !read) {
      return { document: await rebuildPad(this.#house, { room: this.#room, book, name }, stored), logged: 0 };
    }
    if (read && read.clients().size < REBUILD_AT_CLIENTS) return { document: read, logged: stored.updates.length };
    const document = newDocument(read ? readBlocks(read.fragment) : []);
    await store.replaceDocument(name, document.lineage, document.encode());
    return { document, logged: 0 };
  }
}

const linesOf = (blocks: readonly PadBlock[]): string[] =>
  padText(blocks)
    .split('\n')
    .filter((line) => line.trim() !== '');

function readUnlessDamaged(stored: StoredDocument): PadDocument | null {
  try {
    return PadDocument.read(stored);
  } catch (error) {
    if (error instanceof SpoiltDocumentError) return null;
    throw error;
  }
}
