import { createLog } from '#server/log.ts';
import { doorRates, type DoorRates } from '#server/doors/doors.ts';
import { readEnv } from '#server/env.ts';
import { startServer } from '#server/start-server.ts';

/**
 * The server without its pages, for a crowd that comes from one machine: its doors let pass any number. Says `{ port }`
 * once it listens, and answers any message with what it holds after its garbage is collected.
 */
export interface Holding {
  heapBytes: number;
  residentBytes: number;
  outsideBytes: number;
  rooms: number;
  here: number;
  documents: number;
}

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.message);
const open = { burst: 1_000_000, perSecond: 1_000_000 };
const rates = Object.fromEntries(Object.keys(doorRates).map((door) => [door, open])) as DoorRates;
const server = await startServer({ env: read.env, log: createLog('warn'), pages: false, rates });

process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const { rooms, here, documents } = server.services.rooms.standing();
  const holding: Holding = { heapBytes: heapUsed, residentBytes: rss, outsideBytes: external, rooms, here, documents };
  process.send?.(holding);
});
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
process.send?.({ port: server.port });
