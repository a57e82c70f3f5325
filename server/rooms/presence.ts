import type { Present, PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import type { MemberId } from '#shared/records/ids.ts';

/** How long somebody stays here after their last connection went, so that a reload does not flicker. */
export const PRESENCE_GRACE_MS = 2_000;
/** Movers one tick may carry, the longest waiting first: 400 a second for each reader, with 30 people or with 3,000. */
const MOVERS_PER_TICK_MAX = 40;

const onTheShelf: Whereabouts = { chapter: null, position: null, progress: 0, writingIn: null, following: false };

interface Entry {
  present: Present;
  connections: Set<string>;
  grace: NodeJS.Timeout | null;
}

/**
 * Who is here and where they read. In memory only. Several connections of a person are one entry, and the one that moved
 * last speaks. `changed` is called when there is something for the next tick, `gone` when somebody's grace has run out.
 */
export class Presence {
  readonly #entries = new Map<MemberId, Entry>();
  readonly #moved = new Set<MemberId>();
  readonly #left = new Set<MemberId>();
  readonly #changed: () => void;
  readonly #gone: (member: MemberId) => void;

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
    this.#mark(member);
  }

  move(member: MemberId, connection: string, whereabouts: Whereabouts): void {
    const entry = this.#entries.get(member);
    if (!entry?.connections.has(connection)) return;
    const { chapter, position, progress, writingIn, following } = whereabouts;
    entry.present = { member, chapter, position, progress, writingIn, following };
    this.#mark(member);
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

  /** What changed since the last tick, or null. `more` is true while movers wait for the next one. */
  takeTick(): { tick: PresenceTick | null; more: boolean } {
    const movers = [...this.#moved].slice(0, MOVERS_PER_TICK_MAX);
    for (const mover of movers) this.#moved.delete(mover);
    const here = movers.flatMap((mover) => this.#entries.get(mover)?.present ?? []);
    const left = [...this.#left];
    this.#left.clear();
    const tick = here.length > 0 || left.length > 0 ? { full: false, here, left } : null;
    return { tick, more: this.#moved.size > 0 };
  }

  stop(): void {
    for (const { grace } of this.#entries.values()) if (grace) clearTimeout(grace);
    this.#entries.clear();
  }

  // Who waits already keeps their place in the line.
  #mark(member: MemberId): void {
    this.#moved.add(member);
    this.#changed();
  }
}
