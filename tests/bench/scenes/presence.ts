import type { Whereabouts } from '#shared/protocol/presence.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { Deliveries } from '../load/deliveries.ts';
import { evenly, fromNow, pace } from '../load/pace.ts';
import { least, type Scene } from '../scene.ts';
import { contestants } from '../server-under-test.ts';

const WARM_SECONDS = 2;
const SECONDS = 8;
const movePattern = /"offset":(\d+)/g;

const whereabouts = (chapter: ChapterId, number: number): Whereabouts => ({
  chapter,
  position: { block: 'b1', offset: number },
  progress: 0.5,
  writingIn: null,
  following: false,
});

/**
 * Everybody scrolls, once a second each, and nothing else happens. Nobody needs to see every move of everybody, and no
 * server has to pass it on: what counts is the price, and how old a move is when it is seen.
 */
export const presence: Scene = {
  name: 'presence',
  title: '500 readers of one chapter who all move, once a second each',
  contestants,
  needs: (quick) => ({ rooms: 1, people: [{ role: 'reader', count: quick ? 19 : 499 }], notes: 0 }),
  async play(stage, [room]) {
    if (!room) throw new Error('the house is empty');
    const moves = new Deliveries(movePattern);
    let bytesIn = 0;
    const saw = new Set<number>();
    const readers = await stage.enter([...room.seats.entries()], ([index, seat]) =>
      stage.join(room, seat, {
        presence: (bytes) => {
          bytesIn += bytes.length;
          saw.add(index);
          moves.take(bytes);
        },
      }),
    );
    let next = 0;
    const move = async (seconds: number): Promise<void> => {
      const due = fromNow(evenly(readers.length, seconds));
      const first = next;
      next += due.length;
      moves.begin(first, due);
      bytesIn = 0;
      saw.clear();
      await pace(due, (index) => readers[index % readers.length]?.move(whereabouts(room.chapter, first + index)));
    };
    await move(stage.size(WARM_SECONDS, 1));
    const window = await stage.measured(() => move(stage.size(SECONDS, 1)));
    stage.lost += readers.length - saw.size;
    return [
      least('CPU, % of one core', (window.cpuMs / window.seconds / 1_000) * 100),
      least('age of a move when seen p50, ms', moves.within(50)),
      least('age of a move when seen p99, ms', moves.within(99)),
      least('sent to each reader, kB/s', bytesIn / readers.length / window.seconds / 1_000),
    ];
  },
};
