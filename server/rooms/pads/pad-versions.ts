import { PAD_VERSIONS_MAX } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import { newId, type BookId, type MemberId, type PadVersionId, type RoomId } from '#shared/records/ids.ts';
import { padBlocksSchema, type PadBlock } from '#shared/records/pad-block.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import type { Change } from '#server/storage/store.ts';
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

  async find(version: PadVersionId): Promise<{ version: PadVersion; blocks: PadBlock[] } | null> {
    const stored = await this.#house.store.padVersion(this.#room, this.#book, version);
    if (!stored) return null;
    const { content, book: _book, ...row } = stored;
    return { version: row, blocks: padBlocksSchema.parse(JSON.parse(content)) };
  }

  async cannotName(): Promise<Refusal | null> {
    const named = (await this.list()).filter(({ cause }) => cause === 'named');
    return named.length >= PAD_VERSIONS_MAX ? refuse('too-many') : null;
  }

  /** The rows of a new version; one of the server's own takes the place of the oldest such when there are too many. */
  async make(blocks: readonly PadBlock[], version: NewVersion): Promise<Change[]> {
    const own = (await this.list()).filter(({ cause }) => cause !== 'named');
    const gone = version.cause === 'named' ? [] : own.slice(PAD_VERSIONS_MAX - 1);
    this.#isDue = false;
    return [
      ...gone.map(({ id }): Change => ({ table: 'pad-version-removed', version: id })),
      {
        table: 'pad-version',
        row: {
          ...version,
          id: newId<PadVersionId>(),
          createdAt: this.#house.now(),
          book: this.#book,
          content: JSON.stringify(blocks),
        },
      },
    ];
  }
}
