import { doorRates, type DoorRates } from '#server/doors/doors.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { join, makeRoom, Visitor } from '#tests/support/visitor.ts';

/** A room with a chapter, and the browsers of those who are in it. */
export interface Club {
  room: RoomId;
  chapter: ChapterId;
  people: { cookie: string; member: MemberId }[];
}

/** Leaves so many rooms in this folder, each with so many people and notes. */
export async function leaveClubs(dataDir: string, clubs: number, people: number, notes: number): Promise<Club[]> {
  const open = { burst: 1_000_000, perSecond: 1_000_000 };
  const rates = Object.fromEntries(Object.keys(doorRates).map((door) => [door, open])) as DoorRates;
  let clock = Date.now();
  const server = await startTestServer({ dataDir, rates, now: () => (clock += 1_000) });
  const left: Club[] = [];
  for (let count = 0; count < clubs; count += 1) {
    const host = new Visitor(server.origin);
    const { room, member, invites } = await makeRoom(host, `Club ${count}`);
    const book = await putBook(server, room.id, member.id, ['A ferry came.', 'It left again.']);
    const chapter = book.chapters[0]?.id as ChapterId;
    const everybody = [{ cookie: host.cookie ?? '', member: member.id }];
    for (let reader = 1; reader < people; reader += 1) {
      const visitor = new Visitor(server.origin);
      const { id } = await join(visitor, invites.reader, `Reader ${reader}`);
      everybody.push({ cookie: visitor.cookie ?? '', member: id });
    }
    const live = await server.services.rooms.open(room.id);
    if (!live) throw new Error('the room is gone');
    await Promise.all(
      Array.from({ length: notes }, (_note, at) =>
        live.submit(member.id, {
          id: newId(),
          kind: 'annotation.create',
          annotation: newId<AnnotationId>(),
          chapter,
          passage: null,
          colour: 'woad',
          body: `note ${at} of ${room.title}`,
          visibility: 'room',
        }),
      ),
    );
    left.push({ room: room.id, chapter, people: everybody });
  }
  await server.close();
  return left;
}
