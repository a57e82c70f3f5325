import type { Invites } from '#shared/protocol/http.ts';
import { newId, type RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import type { Store } from '#server/storage/store.ts';
import { ROOMS_KEPT_MAX } from '#server/limits.ts';
import { ChapterCache } from './chapter-cache.ts';
import { RoomInMemory } from './live-room.ts';
import { invitesByRole, newInvite } from './new-invite.ts';
import { newMember } from './new-member.ts';
import type { RoomHouse } from './room-house.ts';
import type { RoomLog } from './room-log.ts';
import type { LiveRoom, Rooms, RoomsStanding } from './rooms.ts';

/** A room that nobody uses leaves memory after this; a page turn or a reload comes back well before. */
const UNUSED_ROOM_STAYS_MS = 60_000;
const SWEEP_EVERY_MS = 2_000;
/** Whoever was just given a room gets this long to begin using it, however many are asked for. */
const ROOM_STAYS_MS = 2_000;

interface Entry {
  loading: Promise<RoomInMemory | null>;
  /** Set when loading is done. */
  room: RoomInMemory | null;
  usedAt: number;
}

const silent: RoomLog = { debug: () => undefined, warn: () => undefined, error: () => undefined };

class RoomRegistry implements Rooms {
  readonly #house: RoomHouse;
  // The one door to rooms: an entry is there before its room is, so that two who come at once get the same one.
  readonly #entries = new Map<RoomId, Entry>();
  readonly #sweeping: NodeJS.Timeout;
  #closed = false;

  constructor(house: RoomHouse) {
    this.#house = house;
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
  }

  open(id: RoomId): Promise<LiveRoom | null> {
    if (this.#closed) return Promise.reject(new Error('the rooms are closed'));
    const known = this.#entries.get(id);
    if (known) {
      known.usedAt = performance.now();
      return known.loading;
    }
    const entry: Entry = { loading: Promise.resolve(null), room: null, usedAt: performance.now() };
    entry.loading = this.#load(id, entry);
    this.#entries.set(id, entry);
    if (this.#entries.size > ROOMS_KEPT_MAX) this.#letGoOfUnused(ROOM_STAYS_MS);
    return entry.loading;
  }

  async create(title: string, hostName: string): Promise<{ room: LiveRoom; host: Member; invites: Invites }> {
    const createdAt = this.#house.now();
    const room: Room = { id: newId<RoomId>(), title, locked: false, createdAt };
    const host = newMember(hostName, 'host', createdAt, []);
    const invites = [newInvite('cohost', createdAt), newInvite('reader', createdAt), newInvite('listener', createdAt)];
    await this.#house.store.createRoom(room, host, invites);
    const live = await this.open(room.id);
    if (!live) throw new Error('a room that was just made is not in the store');
    return { room: live, host, invites: invitesByRole(invites) };
  }

  standing(): RoomsStanding {
    const sum = { rooms: 0, here: 0, documents: 0, waiting: 0 };
    for (const { room } of this.#entries.values()) {
      if (!room) continue;
      const { here, documents, waiting } = room.standing;
      sum.rooms += 1;
      sum.here += here;
      sum.documents += documents;
      sum.waiting += waiting;
    }
    return sum;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeping);
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(async ({ loading }) => (await loading.catch(() => null))?.close()));
  }

  async #load(id: RoomId, entry: Entry): Promise<RoomInMemory | null> {
    try {
      entry.room = await RoomInMemory.load(this.#house, id);
      return entry.room;
    } finally {
      // Not there, or the store failed: the next who asks tries again.
      if (!entry.room && this.#entries.get(id) === entry) this.#entries.delete(id);
    }
  }

  #sweep(): void {
    for (const { room } of this.#entries.values()) room?.sweep();
    this.#letGoOfUnused(UNUSED_ROOM_STAYS_MS);
  }

  #letGoOfUnused(stays: number): void {
    const now = performance.now();
    for (const [id, entry] of this.#entries) {
      const { room } = entry;
      if (!room) continue;
      if (room.inUse) entry.usedAt = now;
      else if (now - entry.usedAt >= stays) {
        this.#entries.delete(id);
        void room.close();
      }
    }
  }
}

/** The rooms of this process, on this store. `now` gives epoch milliseconds; without a log they are silent. */
export function createRooms(house: { store: Store; now: () => number; log?: RoomLog }): Rooms {
  const { store, now, log = silent } = house;
  return new RoomRegistry({ store, now, log, chapters: new ChapterCache(store) });
}
