import type { PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import type { Cheer, Session, SessionPlace } from '#shared/protocol/session.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Effect } from '#server/rules/facts.ts';
import type { StoredSession } from '#server/storage/store.ts';
import { Cheers } from './cheers.ts';
import { LiveSession } from './live-session.ts';
import { Presence } from './presence.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { RoomEvent } from './rooms.ts';
import { writtenSince } from './session-notes.ts';
import { Ticker } from './ticker.ts';

/** Who hears of what happens in the gathering. */
interface Onlookers {
  emit: (event: RoomEvent) => void;
  /** A removed member's sockets are to be closed. */
  expelled: (member: MemberId) => void;
}

/** What passes in a room and is gone with the process: who is here and where, the session as it goes on, cheers. */
export class Gathering {
  readonly #ledger: RoomLedger;
  readonly #onlookers: Onlookers;
  readonly #session: LiveSession;
  readonly #presence: Presence;
  readonly #cheers: Cheers;
  readonly #ticker: Ticker;

  constructor(now: () => number, ledger: RoomLedger, session: StoredSession | null, onlookers: Onlookers) {
    this.#ledger = ledger;
    this.#onlookers = onlookers;
    this.#ticker = new Ticker(() => this.#tick());
    this.#presence = new Presence(
      () => this.#ticker.request(),
      () => this.tellWaiting(),
    );
    this.#cheers = new Cheers(now);
    this.#session = new LiveSession((holder) => !this.#mayHold(holder));
    this.#session.adopt(session);
  }

  /** How many are here. */
  get size(): number {
    return this.#presence.size;
  }

  session(): Session | null {
    return this.#session.current();
  }

  /** The store was read again: this is the open session that it has. */
  sessionRead(stored: StoredSession | null): void {
    this.#session.adopt(stored);
    this.#tellSession();
  }

  enter(member: MemberId, connection: string): PresenceTick {
    const person = this.#member(member);
    if (!person || person.removed) return { full: true, here: [], left: [] };
    this.#presence.enter(member, connection);
    this.#session.cameBy(member);
    this.tellWaiting();
    return this.#presence.everybody();
  }

  /** Everybody who is here, as who enters is told. */
  presence(): PresenceTick {
    return this.#presence.everybody();
  }

  leave(member: MemberId, connection: string): void {
    this.#presence.leave(member, connection);
  }

  move(member: MemberId, connection: string, whereabouts: Whereabouts): void {
    if (whereabouts.chapter !== null && !this.#ledger.records.bookOf(whereabouts.chapter)) return;
    this.#presence.move(member, connection, whereabouts);
  }

  moveSession(member: MemberId, place: SessionPlace): void {
    if (this.#ledger.records.bookOf(place.chapter) && this.#session.move(member, place)) this.#ticker.request();
  }

  cheer(member: MemberId, cheer: Cheer): void {
    const person = this.#member(member);
    // A muted member reacts to nothing.
    if (!person || person.muted || person.removed || !this.#presence.has(member)) return;
    if (this.#cheers.add(member, cheer)) this.#ticker.request();
  }

  here(): Member[] {
    return [...this.#presence.members()].flatMap((member) => this.#member(member) ?? []);
  }

  carryOut(effect: Effect, now: number): void {
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

  /** The session's text was revised. */
  sessionStands(at: Pick<Session, 'place' | 'spotlight'>): void {
    this.#session.stands(at);
    this.#tellSession();
  }

  /** Says so when the lectern was left, or stands empty no more. */
  tellWaiting(): void {
    if (this.#session.waitingChanged()) this.#tellSession();
  }

  stop(): void {
    this.#ticker.stop();
    this.#presence.stop();
  }

  #member(member: MemberId): Member | undefined {
    return this.#ledger.records.members.get(member);
  }

  #mayHold(holder: MemberId): boolean {
    const member = this.#member(holder);
    return member !== undefined && !member.removed && canModerate(member.role) && this.#presence.has(holder);
  }

  #endSession(now: number): void {
    const session = this.#session.current();
    if (!session) return;
    const margins = [...this.#ledger.margins.loaded()].map(([, margin]) => margin);
    const { writers, notes } = writtenSince(margins, session.startedAt);
    const recap = this.#session.end(now, writers, notes);
    if (recap) this.#onlookers.emit({ name: 'session.ended', payload: recap, to: 'all' });
    this.#tellSession();
  }

  #summon(by: MemberId): void {
    const session = this.#session.current();
    if (!session) return;
    const { chapter, place } = session;
    this.#onlookers.emit({ name: 'session.summons', payload: { by, chapter, place }, to: { except: by } });
  }

  #expel(member: MemberId): void {
    this.#onlookers.emit({ name: 'goodbye', payload: { code: 'removed' }, to: { member } });
    this.#onlookers.expelled(member);
    this.#presence.drop(member);
  }

  #tellSession(): void {
    this.#onlookers.emit({ name: 'session.changed', payload: this.#session.tell(), to: 'all' });
  }

  #tick(): boolean {
    const { ticks, more } = this.#presence.takeTicks();
    for (const { tick, to } of ticks) this.#onlookers.emit({ name: 'presence', payload: tick, to });
    const moved = this.#session.takePlace();
    if (moved) {
      this.#onlookers.emit({ name: 'session.place', payload: moved.place, to: { except: moved.lectern } });
    }
    const cheers = this.#cheers.take();
    if (cheers.length > 0) this.#onlookers.emit({ name: 'cheers', payload: cheers, to: 'all' });
    return more;
  }
}
