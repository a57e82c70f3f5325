import * as Y from 'yjs';
import { marginMaps } from '#shared/records/margin-document.ts';
import { least, type Scene } from '../scene.ts';
import { contestants } from '../server-under-test.ts';
import { percentile } from '../percentile.ts';

/** Everybody opens the page in the same moment. Each is there when all that its page shows has come. */
export const joins: Scene = {
  name: 'joins',
  title: '200 readers joining at once, 10,000 annotations in the chapter',
  contestants,
  needs: (quick) => ({
    rooms: 1,
    people: [{ role: 'reader', count: quick ? 20 : 200 }],
    notes: quick ? 100 : 10_000,
  }),
  async play(stage, [room]) {
    if (!room) throw new Error('the house is empty');
    const opened = performance.now();
    await stage.open(room);
    const openedMs = performance.now() - opened;

    const waited: number[] = [];
    const window = await stage.measured(async () => {
      const start = performance.now();
      const coming = room.seats.slice(1).map(async (seat) => {
        await stage.join(room, seat, {}).ready;
        waited.push(performance.now() - start);
      });
      await Promise.all(coming);
    });
    const { rssBytes } = await stage.server.usage();

    // One more looks at what has come.
    const doc = new Y.Doc();
    const [host] = room.seats;
    if (host) await stage.join(room, host, { whole: (update) => Y.applyUpdate(doc, update) }).ready;
    stage.lost += room.notes - marginMaps(doc).annotations.size;

    return [
      least('join p50, ms', percentile(waited, 50)),
      least('join p99, ms', percentile(waited, 99)),
      least('CPU for one join, ms', window.cpuMs / waited.length),
      least('memory right after, MB', rssBytes / 1_000_000),
      ...(stage.contestant === 'lectern' ? [least('first reader, from disk, ms', openedMs)] : []),
    ];
  },
};
