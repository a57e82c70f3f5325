import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Command } from '#shared/protocol/command.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { CommandId, MemberId, RoomId } from '#shared/records/ids.ts';

/**
 * A command on its way, as it is kept on this device. `place` orders the commands of one room. `refusal`: the server did
 * not take it; its words stay until the person has decided about them (absent in what older pages stored).
 */
export interface StoredCommand {
  id: CommandId;
  room: RoomId;
  member: MemberId;
  place: number;
  madeAt: number;
  command: Command;
  refusal?: Refusal;
}

interface OutboxSchema extends DBSchema {
  commands: { key: CommandId; value: StoredCommand; indexes: { room: RoomId } };
}

const DATABASE = 'lectern-outbox';

/**
 * Where unsaved words wait. Private browsing modes may refuse IndexedDB; then what is unsaved lives as long as the page
 * does, and `durable` is false so that the interface can say so.
 */
export interface OutboxStorage {
  durable: boolean;
  load(room: RoomId, member: MemberId): Promise<StoredCommand[]>;
  /** Of everybody who wrote in the room on this device. */
  loadAll(room: RoomId): Promise<StoredCommand[]>;
  put(entry: StoredCommand): Promise<void>;
  /** Notes that it was not taken, and why. */
  refuse(id: CommandId, refusal: Refusal): Promise<void>;
  remove(id: CommandId): Promise<void>;
}

const memoryStorage: OutboxStorage = {
  durable: false,
  load: () => Promise.resolve([]),
  loadAll: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  refuse: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

export async function openOutboxStorage(): Promise<OutboxStorage> {
  let database: IDBPDatabase<OutboxSchema>;
  try {
    database = await openDB<OutboxSchema>(DATABASE, 1, {
      upgrade(db) {
        db.createObjectStore('commands', { keyPath: 'id' }).createIndex('room', 'room');
      },
    });
  } catch {
    return memoryStorage;
  }
  return {
    durable: true,
    async load(room, member) {
      return (await entriesOf(database, room)).filter((entry) => entry.member === member);
    },
    loadAll: (room) => entriesOf(database, room),
    async put(entry) {
      await database.put('commands', entry);
    },
    async refuse(id, refusal) {
      const entry = await database.get('commands', id);
      if (entry !== undefined) await database.put('commands', { ...entry, refusal });
    },
    async remove(id) {
      await database.delete('commands', id);
    },
  };
}

async function entriesOf(database: IDBPDatabase<OutboxSchema>, room: RoomId): Promise<StoredCommand[]> {
  const entries = await database.getAllFromIndex('commands', 'room', room);
  return entries.sort((a, b) => a.place - b.place);
}
