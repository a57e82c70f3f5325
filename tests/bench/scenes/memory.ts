import { setTimeout } from 'node:timers/promises';
import { least, type Scene } from '../scene.ts';
import { contestants } from '../server-under-test.ts';

/** Lectern keeps an empty room for a minute and looks every quarter of one; the others forget at once or never. */
const LECTERN_FORGETS_MS = 80_000;
const PEERS_FORGET_MS = 2_000;
const MEGABYTE = 1_000_000;

/** One person in each room, so that it is loaded; what the server holds more than before anybody came. */
export const memory: Scene = {
  name: 'memory',
  title: '200 loaded rooms of 200 annotations',
  contestants,
  needs: (quick) => ({
    rooms: quick ? 4 : 200,
    people: [{ role: 'reader', count: 7 }],
    notes: quick ? 20 : 200,
  }),
  async play(stage, house) {
    const empty = await stage.server.memory();
    await stage.measured(async () => {
      for (const room of house) await stage.open(room);
    });
    const loaded = await stage.server.memory();
    stage.clear();
    const forgetsMs = stage.contestant === 'lectern' ? LECTERN_FORGETS_MS : PEERS_FORGET_MS;
    await setTimeout(stage.size(forgetsMs, 0));
    const left = await stage.server.memory();
    return [
      least('memory for all rooms, MB', (loaded.rssBytes - empty.rssBytes) / MEGABYTE),
      least('live objects for all rooms, MB', (loaded.heapBytes - empty.heapBytes) / MEGABYTE),
      least('live objects after all have left, MB', (left.heapBytes - empty.heapBytes) / MEGABYTE),
      least('memory of the empty server, MB', empty.rssBytes / MEGABYTE),
    ];
  },
};
