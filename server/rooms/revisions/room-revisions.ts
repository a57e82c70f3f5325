import type { Session } from '#shared/protocol/session.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import type { ChapterRevised, RevisionPreview } from '#shared/records/revision.ts';
import { cannotReplace, cannotRevise } from '#server/rules/revision.ts';
import { noRoomForPictures } from '#server/rules/shelf.ts';
import type { RoomHouse } from '../room-house.ts';
import type { RoomLedger } from '../room-ledger.ts';
import type { NewText, RevisionDesk, RoomEvent } from '../rooms.ts';
import { fatesOf, previewOf, revise, rowsOf, type Pointing } from './revise.ts';

/** The live session, which a revision moves along. */
interface SessionDesk {
  session: () => Session | null;
  stands: (at: Pick<Session, 'place' | 'spotlight'>) => void;
}

/**
 * Replaces the text of a room's chapters. The mapping is computed in another thread; while it is, the room's queue waits
 * (for a publication, not for a preview), so that what is written is true of the room as it stands then.
 */
export class RoomRevisions implements RevisionDesk {
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: SessionDesk;
  readonly #emit: (event: RoomEvent) => void;

  constructor(house: RoomHouse, ledger: RoomLedger, desk: SessionDesk, emit: (event: RoomEvent) => void) {
    this.#house = house;
    this.#ledger = ledger;
    this.#desk = desk;
    this.#emit = emit;
  }

  async preview(by: MemberId, text: NewText): Promise<{ ok: true; preview: RevisionPreview } | Refusal> {
    const found = await this.#ledger.attempt(async () => this.#find(by, text));
    if (!found.ok) return found;
    const { before, after, pointing } = found;
    const revised = await revise(before, after, pointing);
    return { ok: true, preview: previewOf(after, revised) };
  }

  publish(by: MemberId, text: NewText): Promise<{ ok: true; revised: ChapterRevised } | Refusal> {
    return this.#ledger.attempt(async () => this.#replace(by, text));
  }

  /** Anchors that were lost since come home. */
  undo(by: MemberId, chapter: ChapterId): Promise<{ ok: true; revised: ChapterRevised } | Refusal> {
    return this.#ledger.attempt(async () => {
      const former = await this.#house.store.formerText(this.#ledger.id, chapter);
      const standing = await this.#house.chapters.get(this.#ledger.id, chapter);
      if (!former || !standing) return refuse('not-found');
      return this.#replace(by, { from: standing.hash, chapter: former });
    });
  }

  async #replace(by: MemberId, text: NewText): Promise<{ ok: true; revised: ChapterRevised } | Refusal> {
    const found = await this.#find(by, text);
    if (!found.ok) return found;
    const { before, after, pointing } = found;
    const revised = await revise(before, after, pointing);
    const changes = rowsOf(before, after, by, revised);
    const session = this.#desk.session();
    if (session && revised.session) {
      changes.push({ table: 'session', row: { ...session, ...revised.session, endedAt: null } });
    }
    const pictures = text.pictures ?? [];
    const brought = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const full =
      brought === 0 ? null : noRoomForPictures(await this.#house.store.pictureBytes(this.#ledger.id), brought);
    if (full) return full;
    for (const picture of pictures)
      await this.#house.store.addPicture(this.#ledger.id, before.bookId, picture, this.#house.now());
    await this.#ledger.write(this.#ledger.stamp(), changes);
    const told: ChapterRevised = { chapter: after.id, hash: after.hash, by, fates: fatesOf(revised) };
    this.#emit({ name: 'chapter.revised', payload: told, to: 'all' });
    if (revised.session) this.#desk.stands(revised.session);
    return { ok: true, revised: told };
  }

  /** Only inside a task of the ledger: whether it may be, and all that points into the chapter. */
  async #find(
    by: MemberId,
    { from, chapter }: NewText,
  ): Promise<{ ok: true; before: Chapter; after: Chapter; pointing: Pointing } | Refusal> {
    const member = this.#ledger.records.members.get(by);
    if (!member) return refuse('signed-out');
    const barred = cannotRevise(member);
    if (barred) return barred;
    const before = this.#ledger.records.bookOf(chapter.id)
      ? await this.#house.chapters.get(this.#ledger.id, chapter.id)
      : null;
    if (!before) return refuse('not-found');
    const unfit = cannotReplace(before, from, chapter.hash);
    if (unfit) return unfit;
    const margin = await this.#ledger.margins.load(chapter.id);
    const { words, hash, blocks } = chapter;
    return {
      ok: true,
      before,
      after: { ...before, words, hash, blocks },
      pointing: {
        annotations: [...margin.annotations.values()],
        places: await this.#house.store.placesIn(this.#ledger.id, chapter.id),
        session: this.#desk.session(),
        homes: new Map(await this.#house.store.formerAnchors(this.#ledger.id, chapter.id, hash)),
      },
    };
  }
}
