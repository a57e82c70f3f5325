import { PAD_VERSIONS_MAX, PAD_VERSIONS_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import { newId, type BookId, type MemberId, type PadVersionId, type RoomId } from '#shared/records/ids.ts';
import { padBlocksSchema, type PadBlock } from '#shared/records/pad-block.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import { byteLength } from '#shared/text/measure.ts';
import type { Change, PadVersionSize } from '#server/storage/store.ts';
import type { RoomHouse } from '../room-house.ts';

type NewVersion = Pick<PadVersion, 'cause' | 'title' | 'author'>;

/** What a pad said at certain times. Kept as plain blocks, so that a version can be read for as long as there are any. */
export class PadVersions {
  readonly #house: RoomHouse;
  readonly #room: RoomId;
  readonly #book: BookId;
  #lastWriter: MemberId | null = null;
  #isDue = false;

  constructor(house: RoomHouse, room: RoomId, book: BookId) {
    this.#house = house;
    this.#room = room;
    this.#book = book;
  }

  /** Whether something was written since the last version. */
  get isDue(): boolean {
    return this.#isDue;
  }

  get lastWriter(): MemberId | null {
    return this.#lastWriter;
  }

  changedBy(member: MemberId | null): void {
    this.#lastWriter = member;
    this.#isDue = true;
  }

  list(): Promise<PadVersion[]> {
    return this.#house.store.padVersions(this.#room, this.#book);
  }

  /** Null where there is no such version, and where it cannot be read back. */
  async find(version: PadVersionId): Promise<{ version: PadVersion; blocks: PadBlock[] } | null> {
    const stored = await this.#house.store.padVersion(this.#room, this.#book, version);
    if (!stored) return null;
    const { content, book: _book, ...row } = stored;
    const blocks = blocksIn(content);
    return blocks && { version: row, blocks };
  }

  /** Why these blocks cannot be kept under a name; null when they can. */
  async cannotName(blocks: readonly PadBlock[]): Promise<Refusal | null> {
    const named = (await this.#sizes()).filter(({ cause }) => cause === 'named');
    const bytes = named.reduce((sum, version) => sum + version.bytes, byteLength(JSON.stringify(blocks)));
    const fits = named.length < PAD_VERSIONS_MAX && bytes <= PAD_VERSIONS_MAX_BYTES;
    return fits ? null : refuse('versions-full');
  }

  /** The rows of a new version; one of the server's own takes the place of the oldest such where they grow too many or too heavy. */
  async make(blocks: readonly PadBlock[], version: NewVersion): Promise<Change[]> {
    const content = JSON.stringify(blocks);
    const gone = version.cause === 'named' ? [] : await this.#inTheWayOf(byteLength(content));
    this.#isDue = false;
    return [
      ...gone.map((id): Change => ({ table: 'pad-version-removed', version: id })),
      {
        table: 'pad-version',
        row: {
          ...version,
          id: newId<PadVersionId>(),
          createdAt: this.#house.now(),
          book: this.#book,
          content,
        },
      },
    ];
  }

  #sizes(): Promise<PadVersionSize[]> {
    return this.#house.store.padVersionSizes(this.#room, this.#book);
  }

  /** Of the server's own versions, the newest that fit beside so many bytes more stay. */
  async #inTheWayOf(bytes: number): Promise<PadVersionId[]> {
    const own = (await this.#sizes()).filter(({ cause }) => cause !== 'named');
    let held = bytes;
    const fits = own.map((version, index) => {
      held += version.bytes;
      return index < PAD_VERSIONS_MAX - 1 && held <= PAD_VERSIONS_MAX_BYTES;
    });
    return own.filter((_, index) => fits[index] !== true).map(({ id }) => id);
  }
}

function blocksIn(content: string): PadBlock[] | null {
  try {
    return padBlocksSchema.parse(JSON.parse(content));
  } catch {
    return null;
  }
}
