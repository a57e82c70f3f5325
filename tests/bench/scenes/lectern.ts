import type { CommandOf } from '#shared/protocol/command.ts';
import { type CommandId, newId } from '#shared/records/ids.ts';
import type { SessionPlace } from '#shared/protocol/session.ts';
import { annotationId, type BenchRoom, markPattern } from '../house.ts';
import { Deliveries } from '../load/deliveries.ts';
import { LecternReader } from '../load/lectern-reader.ts';
import { arrived, atRandom, evenly, fromNow, pace } from '../load/pace.ts';
import { least, type Scene } from '../scene.ts';
import { contestants } from '../server-under-test.ts';

const AUTHORS = 8;
const REACTIONS_PER_SECOND = 30;
/** As often as a page says where its host is. */
const PLACES_PER_SECOND = 4;
const WARM_SECONDS = 2;
const SECONDS = 10;
/** The end of each place lies beyond all numbers that are looked for. */
const PLACE_CHARS = 100_000;
const placePattern = /"offset":(\d+)/g;

const placeOf = (room: BenchRoom, number: number): SessionPlace => ({
  chapter: room.chapter,
  place: { start: { block: 'b1', offset: number }, end: { block: 'b1', offset: number + PLACE_CHARS } },
});

function startCommand(room: BenchRoom): CommandOf<'session.start'> {
  const place = { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 20 } };
  return { id: newId<CommandId>(), kind: 'session.start', chapter: room.chapter, place };
}

/** Many listen to one who reads, and react to notes, each to another one. */
export const lectern: Scene = {
  name: 'lectern',
  title: '1,000 listeners of one host, 30 reactions a second, and the place at the lectern',
  contestants,
  needs: (quick) => ({
    rooms: 1,
    people: [
      { role: 'reader', count: AUTHORS },
      { role: 'listener', count: quick ? 20 : 1_000 },
    ],
    notes: 400,
  }),
  async play(stage, [room]) {
    if (!room) throw new Error('the house is empty');
    const host = await stage.open(room);
    if (host instanceof LecternReader) host.command(0, startCommand(room));
    const reactions = new Deliveries(markPattern);
    const places = new Deliveries(placePattern);
    const ears = { margin: (bytes: Buffer) => reactions.take(bytes), presence: (bytes: Buffer) => places.take(bytes) };
    const listeners = await stage.enter(room.seats.slice(1 + AUTHORS), (seat) => stage.join(room, seat, ears));

    let target = 0;
    let step = 1;
    const go = async (seconds: number): Promise<number> => {
      const reacting = fromNow(atRandom(REACTIONS_PER_SECOND, seconds, target + 1).slice(0, room.notes - target));
      const moving = fromNow(evenly(PLACES_PER_SECOND, seconds));
      const firstTarget = target;
      const firstStep = step;
      target += reacting.length;
      step += moving.length;
      reactions.begin(firstTarget, reacting);
      places.begin(firstStep, moving);
      await Promise.all([
        pace(reacting, (index) => {
          const number = firstTarget + index;
          listeners[number % listeners.length]?.react(annotationId(number), number);
        }),
        pace(moving, (index) => host.moveSession(placeOf(room, firstStep + index))),
      ]);
      const missing = await Promise.all([
        arrived(() => reactions.count, reacting.length * listeners.length),
        arrived(() => places.count, moving.length * listeners.length),
      ]);
      return missing[0] + missing[1];
    };
    await go(stage.size(WARM_SECONDS, 0.5));
    const window = await stage.measured(async () => {
      stage.lost += await go(stage.size(SECONDS, 1));
    });
    return [
      least('CPU for 1,000 deliveries, ms', window.cpuMs / ((reactions.count + places.count) / 1_000)),
      least('reaction p50, ms', reactions.within(50)),
      least('reaction p99, ms', reactions.within(99)),
      least('place p50, ms', places.within(50)),
      least('place p99, ms', places.within(99)),
      least('CPU, % of one core', (window.cpuMs / window.seconds / 1_000) * 100),
    ];
  },
};
