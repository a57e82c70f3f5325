import type { Session, SessionPlace, SessionRecap } from '#shared/protocol/session.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { StoredSession } from '#server/storage/store.ts';
import type { Effect } from '#server/rules/facts.ts';

const MINUTE_MS = 60_000;

/**
 * The live read-along. On disk are its start, its holders, its spotlight and its end; the place between two of these, the
 * raised hands and who came by are in memory, and a restart forgets them: people raise their hands again.
 * `waiting` is never stored but asked for: the holder is not here, or may not hold the lectern any more.
 */
export class LiveSession {
  readonly #isAway: (holder: MemberId) => boolean;
  #session: Session | null = null;
  #people = new Set<MemberId>();
  #moved = false;
  // A session that was open in the store comes back without its holder.
  #toldWaiting = true;

  constructor(isAway: (holder: MemberId) => boolean) {
    this.#isAway = isAway;
  }

  /** What the store has; what memory knows better of the same session stays. */
  adopt(stored: StoredSession | null): void {
    if (stored === null) {
      this.#session = null;
      return;
    }
    const { endedAt: _endedAt, ...session } = stored;
    const known = this.#session?.id === session.id ? this.#session : null;
    this.#session = known
      ? { ...session, chapter: known.chapter, place: known.place, hands: known.hands }
      : { ...session, hands: [] };
  }

  current(): Session | null {
    return this.#session && { ...this.#session, waiting: this.#isAway(this.#session.lectern) };
  }

  start(session: Session, here: Iterable<MemberId>): void {
    this.#session = session;
    this.#people = new Set([...here, session.lectern]);
    this.#moved = false;
  }

  patch(patch: Extract<Effect, { kind: 'session-patched' }>['patch']): void {
    if (this.#session) this.#session = { ...this.#session, ...patch };
  }

  /** Its text was revised: the same words stand there now. */
  stands(at: Pick<Session, 'place' | 'spotlight'>): void {
    if (this.#session) this.#session = { ...this.#session, ...at };
  }

  cameBy(member: MemberId): void {
    if (this.#session) this.#people.add(member);
  }

  /** The holder's place; false when it is not theirs to say. */
  move(member: MemberId, { chapter, place }: SessionPlace): boolean {
    if (this.#session?.lectern !== member || this.#isAway(member)) return false;
    this.#session = { ...this.#session, chapter, place };
    this.#moved = true;
    return true;
  }

  /** The place, if it moved since it was last taken. */
  takePlace(): { place: SessionPlace; lectern: MemberId } | null {
    if (!this.#moved || !this.#session) return null;
    this.#moved = false;
    const { chapter, place, lectern } = this.#session;
    return { place: { chapter, place }, lectern };
  }

  /** Whether `waiting` is not what people were told last. */
  waitingChanged(): boolean {
    return this.#session !== null && this.#isAway(this.#session.lectern) !== this.#toldWaiting;
  }

  /** The session as it is sent to people now. */
  tell(): Session | null {
    const session = this.current();
    this.#toldWaiting = session?.waiting ?? false;
    return session;
  }

  /** Closes the session. `writers` and `notes` are what the margins say of its time. */
  end(now: number, writers: Iterable<MemberId>, notes: number): SessionRecap | null {
    const session = this.#session;
    if (!session) return null;
    const people = new Set([...this.#people, ...writers, session.lectern]);
    this.#session = null;
    this.#people.clear();
    return {
      chapter: session.chapter,
      place: session.place,
      lectern: session.lectern,
      minutes: Math.ceil((now - session.startedAt) / MINUTE_MS),
      people: people.size,
      notes,
    };
  }
}
