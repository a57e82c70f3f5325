import { type BenchRoom, markPattern } from '../house.ts';
import { Deliveries } from '../load/deliveries.ts';
import { arrived, atRandom, fromNow, pace } from '../load/pace.ts';
import { least, type Measure, most, type Scene } from '../scene.ts';
import { contestants } from '../server-under-test.ts';
import type { Stage } from '../stage.ts';

/** More than enough for three annotations a second of each, which is far below what a person may write. */
const WRITERS_PER_ROOM = 40;
const WARM_SECONDS = 3;
const SECONDS = 10;
const MEGABYTE = 1_000_000;

interface Piece {
  perSecond: number;
  /** The same for all rooms. */
  peopleInEach: number;
}

/** Everybody is in; some write, at random moments, and everybody in the room gets it, the author too. */
async function playWriting(stage: Stage, house: BenchRoom[], { perSecond, peopleInEach }: Piece): Promise<Measure[]> {
  const arrivals = new Deliveries(markPattern);
  const people = house.flatMap((room) => room.seats.map((seat, index) => ({ room, seat, index })));
  const readers = await stage.enter(people, ({ room, seat }) =>
    stage.join(room, seat, { margin: (bytes) => arrivals.take(bytes) }),
  );
  const writers = readers.filter((_reader, index) => (people[index]?.index ?? 0) < WRITERS_PER_ROOM);

  let next = 0;
  const write = async (seconds: number): Promise<number> => {
    const due = fromNow(atRandom(perSecond, seconds, next + 1));
    const first = next;
    next += due.length;
    arrivals.begin(first, due);
    await pace(due, (index) => writers[(first + index * WRITER_STRIDE) % writers.length]?.create(first + index));
    return arrived(() => arrivals.count, due.length * peopleInEach);
  };
  await write(stage.size(WARM_SECONDS, 0.5));
  const window = await stage.measured(async () => {
    stage.lost += await write(stage.size(SECONDS, 1));
  });
  const { rssBytes } = await stage.server.memory();
  return [
    least('CPU for 1,000 deliveries, ms', window.cpuMs / (arrivals.count / 1_000)),
    least('delivery p50, ms', arrivals.within(50)),
    least('delivery p99, ms', arrivals.within(99)),
    least('CPU, % of one core', (window.cpuMs / window.seconds / 1_000) * 100),
    most('deliveries a second', arrivals.count / window.seconds),
    least('memory with everybody in, MB', rssBytes / MEGABYTE),
  ];
}

/** Prime, so that writers of all rooms take their turn. */
const WRITER_STRIDE = 367;

const oneRoom = (perSecond: number): Scene => ({
  name: `readers-${perSecond}`,
  title: `One chapter, 500 readers, ${perSecond} annotations a second`,
  contestants,
  needs: (quick) => ({ rooms: 1, people: [{ role: 'reader', count: quick ? 19 : 499 }], notes: 0 }),
  play: (stage, house) => playWriting(stage, house, { perSecond, peopleInEach: house[0]?.seats.length ?? 0 }),
});

export const readers20 = oneRoom(20);
export const readers120 = oneRoom(120);

const PEOPLE_IN_CLUB = 8;

export const clubs: Scene = {
  name: 'clubs',
  title: '100 rooms of 8 people who all write, 400 annotations a second together',
  contestants,
  needs: (quick) => ({
    rooms: quick ? 3 : 100,
    people: [{ role: 'reader', count: PEOPLE_IN_CLUB - 1 }],
    notes: 0,
  }),
  play: (stage, house) => playWriting(stage, house, { perSecond: stage.size(400, 20), peopleInEach: PEOPLE_IN_CLUB }),
};
