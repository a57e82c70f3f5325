import { endInOrder } from '#server/end-in-order.ts';
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/start-server.ts';
import { TappedStore } from './tapped-store.ts';

/**
 * The server of `server-process.ts` on a store that never ends a commit to a room's records. Tells its parent `'stuck'` when
 * the first has begun.
 */
const read = readEnv(process.env);
if (!read.ok) throw new Error(read.message);
const log = createLog(read.env.LOG_LEVEL);
const store = new TappedStore();
store.before = (method) => {
  if (method !== 'commit') return undefined;
  process.send?.('stuck');
  return new Promise(() => {});
};
const server = await startServer({ env: read.env, log, pages: false, openStore: store.open });
endInOrder(server, log);
process.once('disconnect', () => process.exit(1));
process.send?.({ port: server.port });
