import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newId } from '#shared/records/ids.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { megabytes, openHouse } from './house.ts';

const ROOMS = 100_000;
const STARTS = 3;
const FILE = 'lectern.sqlite';
/** Rooms cost the process nothing at its start: less than what two starts of an empty one differ by. */
const MORE_HEAP_BYTES = 1_000_000;

/** A folder with a store of so many rooms, each with a host and its three links, written past the store's own interface. */
async function leaveRooms(rooms: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-many-'));
  await (await openSqliteStore(join(dataDir, FILE))).close();
  const database = new DatabaseSync(join(dataDir, FILE));
  const room = database.prepare('insert into rooms (id, title, locked, created_at, seq) values (?, ?, 0, 1, 0)');
  const host = database.prepare(
    `insert into members (room, id, name, initials, ink, role, muted, removed, joined_at)
     values (?, ?, 'Ada', 'A', 'moss', 'host', 0, 0, 1)`,
  );
  const invite = database.prepare('insert into invites (room, role, token, created_at) values (?, ?, ?, 1)');
  database.exec('begin');
  for (let count = 0; count < rooms; count += 1) {
    const id = newId();
    room.run(id, `Room ${count}`);
    host.run(id, newId());
    for (const role of ['cohost', 'reader', 'listener']) invite.run(id, role, newId() + newId());
  }
  database.exec('commit');
  database.close();
  return dataDir;
}

/** The median of some starts, and what the process holds then. */
async function startOn(dataDir: string) {
  const starts: { ms: number; heapBytes: number; residentBytes: number; rooms: number }[] = [];
  for (let count = 0; count < STARTS; count += 1) {
    const house = await openHouse(dataDir);
    const { heapBytes, residentBytes, rooms } = await house.holds();
    starts.push({ ms: house.startedMs, heapBytes, residentBytes, rooms });
    await house.close();
  }
  const median = starts.toSorted((a, b) => a.ms - b.ms)[Math.floor(STARTS / 2)];
  if (!median) throw new Error('there was no start');
  return median;
}

/** A hundred thousand rooms in the store, of which nobody asks for any; throws when they cost the process something. */
export async function soakManyRooms(): Promise<string[]> {
  const [none, many] = [await leaveRooms(0), await leaveRooms(ROOMS)];
  const empty = await startOn(none);
  const full = await startOn(many);
  const { size } = await stat(join(many, FILE));
  await rm(none, { recursive: true });
  await rm(many, { recursive: true });
  if (full.rooms > 0) throw new Error(`${full.rooms} rooms were loaded at the start`);
  if (full.heapBytes - empty.heapBytes > MORE_HEAP_BYTES) {
    throw new Error(`the heap is ${megabytes(full.heapBytes - empty.heapBytes)} larger`);
  }
  return [
    `${ROOMS.toLocaleString('en')} rooms in the store (${megabytes(size)}) against none, median of ${STARTS} starts: ${full.ms.toFixed(0)} ms against ${empty.ms.toFixed(0)} ms until the server listens (what is more is the check of the file at the door)`,
    `heap ${megabytes(full.heapBytes)} against ${megabytes(empty.heapBytes)}, resident ${megabytes(full.residentBytes)} against ${megabytes(empty.residentBytes)} (SQLite's page cache, 32 MB at most); ${full.rooms} rooms loaded`,
  ];
}
