import { setTimeout } from 'node:timers/promises';
import { type BenchRoom, markPattern } from '../house.ts';
import { Deliveries } from '../load/deliveries.ts';
import type { LecternReader } from '../load/lectern-reader.ts';
import { arrived } from '../load/pace.ts';
import { percentile } from '../percentile.ts';
import { least, type Measure, most, type Scene } from '../scene.ts';
import type { Stage } from '../stage.ts';

/** What one member may send for long. */
const BETWEEN_COMMANDS_MS = 100;
/** Together so short that a chapter is not full before the end, however fast a room may be written in (`roomCommands`). */
const WARM_MS = 1_000;
const WINDOW_MS = 3_500;
/** Enough numbers for any run; all of them count as due at once. */
const NUMBERS = 200_000;

/**
 * Everybody sends the next annotation when the last one was acknowledged, as an outbox does, but no faster than one may.
 * One reader in each room sees that all of them arrive.
 */
async function playDurable(stage: Stage, house: BenchRoom[]): Promise<Measure[]> {
  const arrivals = new Deliveries(markPattern);
  arrivals.begin(
    0,
    Array.from({ length: NUMBERS }, () => 0),
  );
  for (const room of house) {
    const [host] = room.seats;
    if (host) await stage.join(room, host, { margin: (bytes) => arrivals.take(bytes) }).ready;
  }

  let next = 0;
  const end = new AbortController();
  let counting = false;
  let acked = 0;
  let ackedInWindow = 0;
  let refusedInWindow = 0;
  const waits: number[] = [];
  const write = async (writer: LecternReader, answers: { heard: (ok: boolean) => void }): Promise<void> => {
    while (!end.signal.aborted) {
      const sentAt = performance.now();
      const answered = new Promise<boolean>((resolve) => {
        answers.heard = resolve;
      });
      writer.create(next);
      next += 1;
      const ok = await answered;
      const waited = performance.now() - sentAt;
      if (ok) acked += 1;
      else if (counting) refusedInWindow += 1;
      if (ok && counting) {
        ackedInWindow += 1;
        waits.push(waited);
      }
      await setTimeout(Math.max(0, BETWEEN_COMMANDS_MS - waited));
    }
  };
  const people = house.flatMap((room) => room.seats.slice(1).map((seat) => ({ room, seat })));
  const answersOf = people.map(() => ({ heard: (_ok: boolean): void => undefined }));
  const writers = await stage.enter([...people.entries()], ([index, { room, seat }]) =>
    stage.writer(room, seat, { acked: (_number, ok) => answersOf[index]?.heard(ok) }),
  );
  const writing = Promise.all(
    writers.map(async (writer, index) => {
      const answers = answersOf[index];
      if (answers) await write(writer, answers);
    }),
  );
  await setTimeout(stage.size(WARM_MS, 200));
  const window = await stage.measured(async () => {
    counting = true;
    await setTimeout(stage.size(WINDOW_MS, 500));
    counting = false;
  });
  end.abort();
  await writing;
  stage.lost += await arrived(() => arrivals.count, acked);
  return [
    most('durable commands a second', ackedInWindow / window.seconds),
    least('refused, of 1,000', (refusedInWindow / (refusedInWindow + ackedInWindow)) * 1_000),
    least('ack p50, ms', percentile(waits, 50)),
    least('ack p99, ms', percentile(waits, 99)),
    least('CPU for 1,000 commands, ms', window.cpuMs / (ackedInWindow / 1_000)),
  ];
}

export const durableOneRoom: Scene = {
  name: 'durable-one',
  title: 'Durable acknowledged commands, one room, 500 people writing as fast as they may',
  contestants: ['lectern'],
  needs: (quick) => ({ rooms: 1, people: [{ role: 'reader', count: quick ? 10 : 500 }], notes: 0 }),
  play: playDurable,
};

export const durableManyRooms: Scene = {
  name: 'durable-many',
  title: 'Durable acknowledged commands, 100 rooms, 8 people writing in each as fast as they may',
  contestants: ['lectern'],
  needs: (quick) => ({ rooms: quick ? 3 : 100, people: [{ role: 'reader', count: 8 }], notes: 0 }),
  play: playDurable,
};
