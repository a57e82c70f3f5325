import { doorRates } from '#server/doors/doors.ts';
import type { DoorRates } from '#server/doors/doors.ts';
import type { Chapter } from '#shared/records/book.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { join, makeRoom, Visitor } from '#tests/support/visitor.ts';
import { type BenchRoom, createCommand, type Needs, type Seat } from './house.ts';
import { prose } from './prose.ts';

/** Moving in is not what is measured, so its doors stand open. */
const openDoors = Object.fromEntries(
  Object.keys(doorRates).map((door) => [door, { burst: 1_000_000_000, perSecond: 1 }]),
) as DoorRates;
/** What one person may send at once, with some to spare. */
const NOTES_PER_PERSON = 50;
/** A room lets so many commands wait, with some to spare. */
const NOTES_AT_ONCE = 500;
/** Rooms that are furnished at a time. */
const AT_ONCE = 20;

/** Fills a data folder with rooms, members, a chapter and its annotations, through a real server's own doors. */
export async function furnish(dataDir: string, needs: Needs): Promise<BenchRoom[]> {
  const server = await startTestServer({ dataDir, rates: openDoors });
  try {
    const rooms: BenchRoom[] = [];
    while (rooms.length < needs.rooms) {
      const first = rooms.length;
      const count = Math.min(AT_ONCE, needs.rooms - first);
      rooms.push(
        ...(await Promise.all(Array.from({ length: count }, (_, index) => openRoom(server, needs, first + index)))),
      );
    }
    return rooms;
  } finally {
    await server.close();
  }
}

async function openRoom(server: TestServer, needs: Needs, index: number): Promise<BenchRoom> {
  const host = new Visitor(server.origin);
  const { room, member, invites } = await makeRoom(host, `Room ${index + 1}`, 'Mara');
  const { id } = room;
  const book = await putBook(server, id, member.id, prose(needs.repeats ?? 1));
  const chapter = book.chapters[0];
  if (!chapter) throw new Error('the text became a book without a chapter');
  const { blocks, hash } = (await host.ask<Chapter>('GET', `/api/rooms/${id}/chapters/${chapter.id}`)).body;
  const seats: Seat[] = [seatOf(host, member.id, index, 0)];
  for (const { role, count } of needs.people) {
    for (let person = 0; person < count; person += 1) {
      const visitor = new Visitor(server.origin);
      const { id: memberId } = await join(visitor, invites[role], `Reader ${seats.length}`);
      seats.push(seatOf(visitor, memberId, index, seats.length));
    }
  }
  const made: BenchRoom = { id, chapter: chapter.id, hash, blocks, seats, notes: needs.notes };
  await writeNotes(server, made, needs);
  return made;
}

function seatOf({ cookie }: Visitor, member: Seat['member'], room: number, seat: number): Seat {
  return { member, cookie: cookie ?? '', address: `10.${room % 256}.${seat >> 8}.${seat & 255}` };
}

async function writeNotes(server: TestServer, room: BenchRoom, { notes, people }: Needs): Promise<void> {
  const live = await server.services.rooms.open(room.id);
  const readers = people[0]?.role === 'listener' ? [] : room.seats.slice(1, 1 + (people[0]?.count ?? 0));
  const authors = [room.seats[0], ...readers].slice(0, Math.max(1, Math.ceil(notes / NOTES_PER_PERSON)));
  for (let from = 0; from < notes; from += NOTES_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(NOTES_AT_ONCE, notes - from) }, (_, index) => from + index);
    const acks = await Promise.all(
      numbers.map(async (number) => {
        const author = authors[number % authors.length]?.member;
        return author && live?.submit(author, createCommand(room, number));
      }),
    );
    const refused = acks.find((ack) => !ack || !ack.ok);
    if (refused) throw new Error(`a note was refused: ${JSON.stringify(refused)}`);
  }
}
