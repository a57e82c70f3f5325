import type { Ack, Command } from '#shared/protocol/command.ts';
import type { InviteRole, Invites } from '#shared/protocol/http.ts';
import type { PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Cheer, SessionPlace } from '#shared/protocol/session.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import { canModerate, type Member } from '#shared/records/member.ts';
import type { Room, RoomState } from '#shared/records/room.ts';
import { cannotAdmit, cannotRotateInvite } from '#server/rules/door.ts';
import type { Effect } from '#server/rules/facts.ts';
import { cannotAddBook } from '#server/rules/shelf.ts';
import type { StoredSession } from '#server/storage/store.ts';
import { Cheers } from './cheers.ts';
import { CommandDesk } from './command-desk.ts';
import { LiveSession } from './live-session.ts';
import { marginView } from './margin-view.ts';
import { newInvite } from './new-invite.ts';
import { newMember } from './new-member.ts';
import { Presence } from './presence.ts';
import type { RoomHouse } from './room-house.ts';
import { RoomLedger } from './room-ledger.ts';
import { RoomRecords } from './room-records.ts';
import type { LiveRoom, MarginView, RoomEvent, RoomListener, SharedDocument } from './rooms.ts';
import { writtenSince } from './session-notes.ts';
import { Ticker } from './ticker.ts';

type Expelled = (member: MemberId, code: 'removed' | 'signed-out') => void;

/** A room in this process's memory: the ledger and its desk for what is written, presence and signs for what passes. */
export class RoomInMemory implements LiveRoom {
  readonly id: RoomId;
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: CommandDesk;
  readonly #session: LiveSession;
  readonly #presence: Presence;
  readonly #cheers: Cheers;
  readonly #ticker: Ticker;
  readonly #listeners = new Set<{ hear: RoomListener }>();
  readonly #expelledListeners = new Set<{ hear: Expelled }>();

  private constructor(house: RoomHouse, records: RoomRecords, session: StoredSession | null) {
    this.id = records.room.id;
    this.#house = house;
    this.#ticker = new Ticker(() => this.#tick());
    this.#presence = new Presence(
      () => this.#ticker.request(),
      () => this.#tellWaiting(),
    );
    this.#cheers = new Cheers(house.now);
    this.#session = new LiveSession((holder) => !this.#mayHold(holder));
    this.#session.adopt(session);
    this.#ledger = new RoomLedger(house, records, {
      emit: (event) => this.#emit(event),
      sessionRead: (stored) => {
        this.#session.adopt(stored);
        this.#tellSession();
      },
    });
    this.#desk = new CommandDesk(house, this.#ledger, {
      session: () => this.#session.current(),
      carryOut: (effect, now) => this.#carryOut(effect, now),
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
    return [...this.#records.books.values()];
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
      session: this.#session.current(),
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
    this.#tellWaiting();
    return ack;
  }

  admit(role: InviteRole, name: string): Promise<{ ok: true; member: Member } | Refusal> {
    return this.#ledger.attempt(async () => {
      const { room, members } = this.#records;
      const barred = cannotAdmit(room, members.size);
      if (barred) return barred;
      const at = this.#ledger.stamp();
      const member = newMember(name, role, at, members.values());
      await this.#ledger.write(null, at, [{ table: 'member', row: member }]);
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
      await this.#ledger.write(null, at, [{ table: 'invite', row: newInvite(role, at) }]);
      return { ok: true as const, invites: this.#records.invites() };
    });
  }

  mayAddBooks(by: MemberId): { ok: true } | Refusal {
    const member = this.member(by);
    if (!member) return refuse('signed-out');
    return cannotAddBook(member, this.#records.books.size) ?? { ok: true };
  }

  addBook(by: MemberId, book: Book, chapters: Chapter[]): Promise<{ ok: true; book: Book } | Refusal> {
    return this.#ledger.attempt(async () => {
      const allowed = this.mayAddBooks(by);
      if (!allowed.ok) return allowed;
      if (this.#records.books.has(book.id)) return refuse('id-taken');
      const at = this.#ledger.stamp();
      const row: Book = { ...book, addedBy: by, addedAt: at };
      await this.#ledger.write(null, at, [{ table: 'book', row, chapters }]);
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

  enter(member: MemberId, connection: string): PresenceTick {
    const person = this.member(member);
    if (!person || person.removed) return { full: true, here: [], left: [] };
    this.#presence.enter(member, connection);
    this.#session.cameBy(member);
    this.#tellWaiting();
    return this.#presence.everybody();
  }

  leave(member: MemberId, connection: string): void {
    this.#presence.leave(member, connection);
  }

  move(member: MemberId, connection: string, whereabouts: Whereabouts): void {
    if (whereabouts.chapter !== null && !this.#records.bookOf(whereabouts.chapter)) return;
    this.#presence.move(member, connection, whereabouts);
  }

  moveSession(member: MemberId, place: SessionPlace): void {
    if (this.#records.bookOf(place.chapter) && this.#session.move(member, place)) this.#ticker.request();
  }

  cheer(member: MemberId, cheer: Cheer): void {
    const person = this.member(member);
    // A muted member reacts to nothing.
    if (!person || person.muted || person.removed || !this.#presence.has(member)) return;
    if (this.#cheers.add(member, cheer)) this.#ticker.request();
  }

  here(): Member[] {
    return [...this.#presence.members()].flatMap((member) => this.member(member) ?? []);
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
    return this.#presence.size > 0 || this.#listeners.size > 0 || this.#ledger.busy;
  }

  /** Forgets what has run out by itself. */
  sweep(): void {
    this.#desk.sweep();
  }

  async close(): Promise<void> {
    await this.#ledger.close();
    this.#ticker.stop();
    this.#presence.stop();
  }

  #mayHold(holder: MemberId): boolean {
    const member = this.member(holder);
    return member !== null && !member.removed && canModerate(member.role) && this.#presence.has(holder);
  }

  #carryOut(effect: Effect, now: number): void {
    switch (effect.kind) {
      case 'session-started':
        this.#session.start(effect.session, this.#presence.members());
        this.#tellSession();
        return;
      case 'session-patched':
        this.#session.patch(effect.patch);
        this.#tellSession();
        return;
      case 'session-ended':
        this.#endSession(now);
        return;
      case 'summoned':
        this.#summon(effect.by);
        return;
      case 'expelled':
        this.#expel(effect.member);
    }
  }

  #endSession(now: number): void {
    const session = this.#session.current();
    if (!session) return;
    const margins = [...this.#ledger.margins.loaded()].map(([, margin]) => margin);
    const { writers, notes } = writtenSince(margins, session.startedAt);
    const recap = this.#session.end(now, writers, notes);
    if (recap) this.#emit({ name: 'session.ended', payload: recap, to: 'all' });
    this.#tellSession();
  }

  #summon(by: MemberId): void {
    const session = this.#session.current();
    if (!session) return;
    const { chapter, place } = session;
    this.#emit({ name: 'session.summons', payload: { by, chapter, place }, to: { except: by } });
  }

  #expel(member: MemberId): void {
    this.#emit({ name: 'goodbye', payload: { code: 'removed' }, to: { member } });
    for (const { hear } of this.#expelledListeners) this.#tell(() => hear(member, 'removed'));
    this.#presence.drop(member);
  }

  #tellSession(): void {
    this.#emit({ name: 'session.changed', payload: this.#session.tell(), to: 'all' });
  }

  #tellWaiting(): void {
    if (this.#session.waitingChanged()) this.#tellSession();
  }

  #tick(): boolean {
    const { tick, more } = this.#presence.takeTick();
    if (tick) this.#emit({ name: 'presence', payload: tick, to: 'all' });
    const moved = this.#session.takePlace();
    if (moved) this.#emit({ name: 'session.place', payload: moved.place, to: { except: moved.lectern } });
    const cheers = this.#cheers.take();
    if (cheers.length > 0) this.#emit({ name: 'cheers', payload: cheers, to: 'all' });
    return more;
  }

  #emit(event: RoomEvent): void {
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
