import { startCrashingServer } from './crashing-server.ts';
import type { RestartableServer } from './restartable-server.ts';
import type { Seeded } from './seeded.ts';

/** Far enough that some of what people are sending is under way. */
const LAST_POINT = 120;

/** A server that dies at a point of its own choosing, in the middle of whatever people are doing, whenever it is to restart. */
export async function startDyingServer(seeded: Seeded): Promise<RestartableServer> {
  const server = await startCrashingServer();
  return {
    dataDir: server.dataDir,
    get origin() {
      return server.origin;
    },
    async restart() {
      await server.dieAt(seeded.below(LAST_POINT));
      // Where nobody does anything, it is the answers to this that take it to its point.
      const isAlive = (): Promise<boolean> =>
        fetch(`${server.origin}/healthz`).then(
          () => true,
          () => false,
        );
      while (await isAlive());
      await server.died();
      await server.restart();
    },
    complaints: () => server.complaints(),
    close: () => server.close(),
  };
}
