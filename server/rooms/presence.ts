import type { Present, PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import { COMERS_PER_TICK_MAX, COMPANY_MAX, MOVERS_PER_TICK_MAX } from '#server/limits.ts';

/** How long somebody stays here after their last connection went, so that a reload does not flicker. */
export const PRESENCE_GRACE_MS = 2_000;
/** In a crowd presence is told this often: with forty movers a tick some 15 kB a second for each reader, whatever its size. */
const CROWD_TICK_MS = 500;

const onTheShelf: Whereabouts = { chapter: null, position: null, progress: 0, writingIn: null, following: false };

/** Who hears a tick: everybody, or who reads this chapter (null: who reads none). */
export type PresenceAudience = 'all' | { reading: ChapterId | null };

interface Entry {
  present: Present;
  connections: Set<string>;
  grace: NodeJS.Timeout | null;
}

/**
 * Who is here and where they read. In memory only. Several connections of a person are one entry, and the one that moved
 * last speaks. `changed` is called when there is something for the next tick, `gone` when somebody's grace has run out.
 *
 * What is told has a budget, so that it costs a reader the same among a hundred people as among five thousand. In company
 * everybody hears of every move. In a crowd everybody hears who is here and in which chapter, and of moves within a
 * chapter only who reads it too, some of them twice a second.
 */
export class Presence {
  readonly #entries = new Map<MemberId, Entry>();
  /** Who is new or went to another chapter since the last tick. */
  readonly #came = new Set<MemberId>();
  /** Who moved within their chapter. */
  readonly #moved = new Set<MemberId>();
  readonly #left = new Set<MemberId>();
  readonly #changed: () => void;
  readonly #gone: (member: MemberId) => void;
  #crowdToldAt = Number.NEGATIVE_INFINITY;

  constructor(changed: () => void, gone: (member: MemberId) => void) {
    this.#changed = changed;
    this.#gone = gone;
  }

  enter(member: MemberId, connection: string): void {
    const entry = this.#entries.get(member) ?? {
      present: { ...onTheShelf, member },
      connections: new Set<string>(),
      grace: null,
    };
    if (entry.grace) clearTimeout(entry.grace);
    entry.grace = null;
    entry.connections.add(connection);
    this.#entries.set(member, entry);
    this.#left.delete(member);
    this.#came.add(member);
    this.#changed();
  }

  move(member: MemberId, connection: string, whereabouts: Whereabouts): void {
    const entry = this.#entries.get(member);
    if (!entry?.connections.has(connection)) return;
    const { chapter, position, progress, writingIn, following } = whereabouts;
    // Who waits already keeps their place in the line.
    (chapter === entry.present.chapter ? this.#moved : this.#came).add(member);
    entry.present = { member, chapter, position, progress, writingIn, following };
    this.#changed();
  }

  leave(member: MemberId, connection: string): void {
    const entry = this.#entries.get(member);
    if (!entry?.connections.delete(connection) || entry.connections.size > 0) return;
    entry.grace = setTimeout(() => this.drop(member), PRESENCE_GRACE_MS).unref();
  }

  /** Away at once, with every connection: removed from the room, or the grace is over. */
  drop(member: MemberId): void {
    const entry = this.#entries.get(member);
    if (!entry) return;
    if (entry.grace) clearTimeout(entry.grace);
    this.#entries.delete(member);
    this.#moved.delete(member);
    this.#came.delete(member);
    this.#left.add(member);
    this.#changed();
    this.#gone(member);
  }

  has(member: MemberId): boolean {
    return this.#entries.has(member);
  }

  members(): IterableIterator<MemberId> {
    return this.#entries.keys();
  }

  get size(): number {
    return this.#entries.size;
  }

  everybody(): PresenceTick {
    return { full: true, here: [...this.#entries.values()].map(({ present }) => present), left: [] };
  }

  /** What changed since the last ticks, for whom. `more` is true while somebody waits for the next ones. */
  takeTicks(): { ticks: { tick: PresenceTick; to: PresenceAudience }[]; more: boolean } {
    const isCrowd = this.#entries.size > COMPANY_MAX;
    if (isCrowd && performance.now() - this.#crowdToldAt < CROWD_TICK_MS) return { ticks: [], more: this.#waits };
    if (isCrowd) this.#crowdToldAt = performance.now();
    const ticks = isCrowd ? this.#forCrowd() : this.#forCompany();
    this.#left.clear();
    return { ticks, more: this.#waits };
  }

  stop(): void {
    for (const { grace } of this.#entries.values()) if (grace) clearTimeout(grace);
    this.#entries.clear();
  }

  get #waits(): boolean {
    return this.#came.size > 0 || this.#moved.size > 0 || this.#left.size > 0;
  }

  #forCompany(): { tick: PresenceTick; to: 'all' }[] {
    for (const member of this.#came) this.#moved.add(member);
    this.#came.clear();
    return this.#toAll(this.#take(this.#moved, MOVERS_PER_TICK_MAX));
  }

  #forCrowd(): { tick: PresenceTick; to: PresenceAudience }[] {
    const comers = this.#take(this.#came, COMERS_PER_TICK_MAX);
    const near = new Map<ChapterId | null, Present[]>();
    for (const member of this.#moved) {
      const present = this.#entries.get(member)?.present;
      if (!present) continue;
      const movers = near.get(present.chapter) ?? [];
      if (movers.length >= MOVERS_PER_TICK_MAX) continue;
      movers.push(present);
      near.set(present.chapter, movers);
      this.#moved.delete(member);
    }
    const moves = [...near].map(([reading, here]) => ({ tick: { full: false, here, left: [] }, to: { reading } }));
    return [...this.#toAll(comers), ...moves];
  }

  #toAll(here: Present[]): { tick: PresenceTick; to: 'all' }[] {
    const left = [...this.#left];
    return here.length > 0 || left.length > 0 ? [{ tick: { full: false, here, left }, to: 'all' }] : [];
  }

  /** The longest waiting of these, who wait no longer. */
  #take(waiting: Set<MemberId>, most: number): Present[] {
    const taken = [...waiting].slice(0, most);
    for (const member of taken) waiting.delete(member);
    return taken.flatMap((member) => this.#entries.get(member)?.present ?? []);
  }
}
