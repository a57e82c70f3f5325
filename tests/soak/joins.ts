import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { Bell } from '#tests/support/bell.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { type Club, leaveClubs } from './club.ts';
import { type House, megabytes, openHouse } from './house.ts';

const JOINS = 10_000;
const PEOPLE = 10;
const NOTES = 40;
/** Rooms in use at a time. The next phase uses others, so that these are let go, and come back in a later phase. */
const ROOMS_AT_ONCE = 10;
const PHASES = 4;
const JOINS_A_BATCH = ROOMS_AT_ONCE * PEOPLE;
const BATCHES_A_MEASURE = 5;
/** The first joins fill caches and compile code. */
const WARM_AFTER_JOINS = 3_000;
/** A leak of one closure a join is more than this; what V8 does by itself over the rest of the soak is less. */
const LEAK_BYTES_A_JOIN = 400;
/** Rooms leave a minute after the last reader, at the next sweep. */
const LET_GO_WITHIN_MS = 150_000;

/** One person comes on both kinds of socket, says where they are, and leaves. */
async function comeAndGo(house: House, { room, chapter }: Club, cookie: string): Promise<void> {
  const visitor = new Visitor(house.origin);
  visitor.cookie = cookie;
  const margin = new DocumentLink(`/sync/${room}/margin/${chapter}?protocol=${PROTOCOL_VERSION}`, new Bell());
  const [socket, read] = await Promise.all([visitor.enter(room), margin.connect((path) => visitor.sync(path))]);
  if (!read) throw new Error('a margin was not sent');
  socket.emit('whereabouts', { chapter, position: null, progress: 0.5, writingIn: null, following: false });
  margin.drop('close');
  visitor.leave();
}

/** 10,000 joins and leaves over real sockets; throws when something stays behind. */
export async function soakJoins(): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-soak-'));
  const clubs = await leaveClubs(dataDir, ROOMS_AT_ONCE * 2, PEOPLE, NOTES);
  const house = await openHouse(dataDir);
  const first = await house.holds();
  const heap: { joins: number; bytes: number }[] = [];
  let most = 0;
  let joins = 0;
  for (let phase = 0; phase < PHASES; phase += 1) {
    const open = clubs.slice((phase % 2) * ROOMS_AT_ONCE, ((phase % 2) + 1) * ROOMS_AT_ONCE);
    for (let batch = 1; batch <= JOINS / JOINS_A_BATCH / PHASES; batch += 1) {
      await Promise.all(open.flatMap((club) => club.people.map(({ cookie }) => comeAndGo(house, club, cookie))));
      joins += JOINS_A_BATCH;
      if (batch % BATCHES_A_MEASURE > 0) continue;
      const now = await house.holds();
      most = Math.max(most, now.rooms);
      heap.push({ joins, bytes: now.heapBytes });
      process.stdout.write(`  ${joins} joins: heap ${megabytes(now.heapBytes)}, ${now.rooms} rooms\n`);
    }
    // Everybody is gone: these rooms leave memory before the others are opened, or with them.
    if (phase % 2 === 1) await emptied(house);
  }
  const last = await emptied(house);
  const slope = slopeOf(heap.filter((one) => one.joins >= WARM_AFTER_JOINS));
  await house.close();
  await rm(dataDir, { recursive: true });
  if (last.here > 0 || last.documents > 0) throw new Error(`still here: ${JSON.stringify(last)}`);
  if (slope > LEAK_BYTES_A_JOIN) throw new Error(`the heap grows by ${slope.toFixed(0)} bytes a join`);
  return [
    `${joins.toLocaleString('en')} joins and leaves, ${JOINS_A_BATCH} at a time, ${clubs.length} rooms of ${PEOPLE} people and ${NOTES} notes, each read again after it had left memory`,
    `heap after garbage collection: ${megabytes(first.heapBytes)} before, ${megabytes(last.heapBytes)} after; ${slope.toFixed(0)} bytes a join by least squares over the measures after ${WARM_AFTER_JOINS.toLocaleString('en')} joins (bound: ${LEAK_BYTES_A_JOIN})`,
    `in memory at most ${most} rooms; at the end ${last.rooms} rooms, ${last.documents} documents, ${last.here} people`,
  ];
}

/** What it holds once no room is in memory any more. */
async function emptied(house: House) {
  const until = performance.now() + LET_GO_WITHIN_MS;
  for (;;) {
    const now = await house.holds();
    if (now.rooms === 0) return now;
    if (performance.now() > until) throw new Error(`${now.rooms} rooms did not leave memory`);
    await setTimeout(1_000);
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Bytes a join, by least squares. */
function slopeOf(measures: readonly { joins: number; bytes: number }[]): number {
  const x = mean(measures.map(({ joins }) => joins));
  const y = mean(measures.map(({ bytes }) => bytes));
  const over = measures.reduce((sum, { joins, bytes }) => sum + (joins - x) * (bytes - y), 0);
  return over / measures.reduce((sum, { joins }) => sum + (joins - x) ** 2, 0);
}
