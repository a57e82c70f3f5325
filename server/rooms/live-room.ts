import type { Ack, Command } from '#shared/protocol/command.ts';
import type { InviteRole, Invites } from '#shared/protocol/http.ts';
import type { PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Cheer, SessionPlace } from '#shared/protocol/session.ts';
import { inReadingOrder } from '#shared/records/reading-order.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { BookId, ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Room, RoomState } from '#shared/records/room.ts';
import type { PictureHash } from '#shared/text/block.ts';
import { cannotAdmit, cannotRotateInvite } from '#server/rules/door.ts';
import { cannotRemoveVersion, cannotWritePad } from '#server/rules/pad.ts';
import { cannotAddBook, noRoomForPictures } from '#server/rules/shelf.ts';
import type { StoredPicture, StoredSession } from '#server/storage/store.ts';
import { CommandDesk } from './command-desk.ts';
import { Gathering } from './gathering.ts';
import { marginView } from './margin-view.ts';
import { newInvite } from './new-invite.ts';
import { newMember } from './new-member.ts';
import { Pads } from './pads/pads.ts';
import type { RoomHouse } from './room-house.ts';
import { RoomLedger } from './room-ledger.ts';
import { RoomRecords } from './room-records.ts';
import { RoomRevisions } from './revisions/room-revisions.ts';
import type { LiveRoom, MarginView, RoomEvent, RoomListener, RoomPad, RoomsStanding, SharedDocument } from './rooms.ts';

type Expelled = (member: MemberId, code: 'removed' | 'signed-out') => void;

/** A room in this process's memory: the ledger and its desk for what is written, the gathering for what passes. */
export class RoomInMemory implements LiveRoom {
  readonly id: RoomId;
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: CommandDesk;
  readonly #gathering: Gathering;
  readonly #pads: Pads;
  readonly revisions: RoomRevisions;
  readonly #listeners = new Set<{ hear: RoomListener }>();
  readonly #expelledListeners = new Set<{ hear: Expelled }>();

  private constructor(house: RoomHouse, records: RoomRecords, session: StoredSession | null) {
    this.id = records.room.id;
    this.#house = house;
    this.#ledger = new RoomLedger(house, records, {
      emit: (event) => this.#emit(event),
      sessionRead: (stored) => this.#gathering.sessionRead(stored),
    });
    this.#gathering = new Gathering(house.now, this.#ledger, session, {
      emit: (event) => this.#emit(event),
      expelled: (member) => this.#tellExpelled(member),
    });
    this.#pads = new Pads(house, this.id, {
      cannotWrite: (id) => this.cannotWritePad(id),
      cannotRemove: (id, version) => {
        const member = this.member(id);
        return member ? cannotRemoveVersion(this.room(), member, version) : refuse('signed-out');
      },
    });
    this.revisions = new RoomRevisions(
      house,
      this.#ledger,
      {
        session: () => this.#gathering.session(),
        stands: (at) => this.#gathering.sessionStands(at),
      },
      (event) => this.#emit(event),
    );
    this.#desk = new CommandDesk(house, this.#ledger, {
      session: () => this.#gathering.session(),
      carryOut: (effect, now) => this.#gathering.carryOut(effect, now),
    });
  }

  /** Null when there is no such room. Rejects when the store fails; nothing of it stays behind then. */
  static async load(house: RoomHouse, id: RoomId): Promise<RoomInMemory | null> {
    const read = await RoomRecords.read(house.store, id);
    return read && new RoomInMemory(house, read.records, read.session);
  }

  get #records(): RoomRecords {
    return this.#ledger.records;
  }

  room(): Room {
    return this.#records.room;
  }

  members(): Member[] {
    return [...this.#records.members.values()];
  }

  member(member: MemberId): Member | null {
    return this.#records.members.get(member) ?? null;
  }

  books(): Book[] {
    return inReadingOrder(this.#records.books.values());
  }

  async stateFor(member: MemberId): Promise<RoomState> {
    const places = await this.#house.store.places(this.id, member);
    return {
      room: this.room(),
      you: member,
      members: this.members(),
      books: this.books(),
      places,
      counts: this.#records.counts(),
      session: this.#gathering.session(),
    };
  }

  async chapter(chapter: ChapterId): Promise<Chapter | null> {
    return this.#records.bookOf(chapter) ? this.#house.chapters.get(this.id, chapter) : null;
  }

  marginFor(member: MemberId, chapter: ChapterId, moderating = false): Promise<MarginView | Refusal> {
    return this.#ledger.attempt(async () => {
      const reader = this.member(member);
      if (!reader) return refuse('signed-out');
      if (reader.removed) return refuse('removed');
      if (!this.#records.bookOf(chapter)) return refuse('not-found');
      const margin = await this.#ledger.margins.load(chapter);
      return marginView(margin, member, moderating && canModerate(reader.role));
    });
  }

  async submit(member: MemberId, command: Command): Promise<Ack> {
    const ack = await this.#desk.submit(member, command);
    // A role may have gone from whoever holds the lectern.
    this.#gathering.tellWaiting();
    return ack;
  }

  submitBrought(member: MemberId, command: Command): Promise<Ack> {
    return this.#desk.submitUnpaced(member, command);
  }

  admit(role: InviteRole, name: string): Promise<{ ok: true; member: Member } | Refusal> {
    return this.#ledger.attempt(async () => {
      const { room, members } = this.#records;
      const barred = cannotAdmit(room, members.size);
      if (barred) return barred;
      const at = this.#ledger.stamp();
      const member = newMember(name, role, at, members.values());
      await this.#ledger.write(at, [{ table: 'member', row: member }]);
      return { ok: true as const, member };
    });
  }

  async invites(): Promise<Invites> {
    return this.#records.invites();
  }

  rotateInvite(by: MemberId, role: InviteRole): Promise<{ ok: true; invites: Invites } | Refusal> {
    return this.#ledger.attempt(async () => {
      const member = this.member(by);
      if (!member) return refuse('signed-out');
      const barred = cannotRotateInvite(member, role);
      if (barred) return barred;
      const at = this.#ledger.stamp();
      await this.#ledger.write(at, [{ table: 'invite', row: newInvite(role, at) }]);
      return { ok: true as const, invites: this.#records.invites() };
    });
  }

  mayAddBooks(by: MemberId): { ok: true } | Refusal {
    const member = this.member(by);
    if (!member) return refuse('signed-out');
    return cannotAddBook(member, this.#records.books.size) ?? { ok: true };
  }

  picture(hash: PictureHash): Promise<StoredPicture | null> {
    return this.#house.store.picture(this.id, hash);
  }

  async addBook(
    by: MemberId,
    book: Book,
    chapters: Chapter[],
    pictures: readonly StoredPicture[] = [],
  ): Promise<{ ok: true; book: Book } | Refusal> {
    // Asked again in the queue, where it counts; who may not leaves no pictures behind.
    const asked = this.mayAddBooks(by);
    if (!asked.ok) return asked;
    const full = await this.#noRoomFor(pictures);
    if (full) return full;
    // Outside of the room's queue: writing them takes a while, and nobody sees them before their book is there.
    for (const picture of pictures) await this.#house.store.addPicture(this.id, book.id, picture, this.#house.now());
    return this.#ledger.attempt(async () => {
      const allowed = this.mayAddBooks(by);
      if (!allowed.ok) return allowed;
      if (this.#records.books.has(book.id)) return refuse('id-taken');
      const at = this.#ledger.stamp();
      const row: Book = { ...book, addedBy: by, addedAt: at };
      await this.#ledger.write(at, [{ table: 'book', row, chapters }]);
      return { ok: true as const, book: row };
    });
  }

  async marginDocument(chapter: ChapterId): Promise<SharedDocument | null> {
    return this.#ledger.run(async () =>
      this.#records.bookOf(chapter) ? this.#ledger.margins.document(chapter, null) : null,
    );
  }

  async notesDocument(chapter: ChapterId, member: MemberId): Promise<SharedDocument | null> {
    return this.#ledger.run(async () =>
      this.#records.bookOf(chapter) && this.member(member) ? this.#ledger.margins.document(chapter, member) : null,
    );
  }

  async #noRoomFor(pictures: readonly StoredPicture[]): Promise<Refusal | null> {
    const brought = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return brought === 0 ? null : noRoomForPictures(await this.#house.store.pictureBytes(this.id), brought);
  }

  pad(book: BookId): Promise<RoomPad | null> {
    return this.#ledger.run(async () => (this.#records.books.has(book) ? this.#pads.open(book) : null));
  }

  padLines(book: BookId): Promise<string[]> {
    return this.#pads.lines(book);
  }

  cannotWritePad(id: MemberId): Refusal | null {
    const member = this.member(id);
    return member ? cannotWritePad(this.room(), member) : refuse('signed-out');
  }

  enter(member: MemberId, connection: string): PresenceTick {
    return this.#gathering.enter(member, connection);
  }

  presence(): PresenceTick {
    return this.#gathering.presence();
  }

  leave(member: MemberId, connection: string): void {
    this.#gathering.leave(member, connection);
  }

  move(member: MemberId, connection: string, whereabouts: Whereabouts): void {
    this.#gathering.move(member, connection, whereabouts);
  }

  moveSession(member: MemberId, place: SessionPlace): void {
    this.#gathering.moveSession(member, place);
  }

  cheer(member: MemberId, cheer: Cheer): void {
    this.#gathering.cheer(member, cheer);
  }

  here(): Member[] {
    return this.#gathering.here();
  }

  listen(listener: RoomListener): () => void {
    const entry = { hear: listener };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  onExpelled(listener: Expelled): () => void {
    const entry = { hear: listener };
    this.#expelledListeners.add(entry);
    return () => {
      this.#expelledListeners.delete(entry);
    };
  }

  /** Whether somebody holds on to this room: people, listeners, documents in use, or work under way. */
  get inUse(): boolean {
    return this.#gathering.size > 0 || this.#listeners.size > 0 || this.#ledger.busy || this.#pads.busy;
  }

  get standing(): Omit<RoomsStanding, 'rooms'> {
    const { margins, waiting } = this.#ledger;
    return { here: this.#gathering.size, documents: margins.documents, waiting: waiting + this.#desk.waiting };
  }

  /** Forgets what has run out by itself. */
  sweep(): void {
    this.#desk.sweep();
    // The recap of a session counts what was written in every margin that it came by.
    if (this.#gathering.session() === null) this.#ledger.rest();
  }

  async close(): Promise<void> {
    const lastRounds = this.#desk.close();
    // Not one turn of the loop between letting go and taking nothing more: another copy of the room may be loaded by then.
    if (lastRounds) await lastRounds;
    await this.#ledger.close();
    await this.#pads.close();
    this.#gathering.stop();
  }

  #tellExpelled(member: MemberId): void {
    for (const { hear } of this.#expelledListeners) this.#tell(() => hear(member, 'removed'));
  }

  #emit(event: RoomEvent): void {
    if (event.name === 'book.removed') this.#pads.forget(event.payload);
    for (const { hear } of this.#listeners) this.#tell(() => hear(event));
  }

  // What is told was committed: a listener that fails must not make it look as if it had not been.
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#house.log.error({ err: error, room: this.id }, 'a listener of a room failed');
    }
  }
}
