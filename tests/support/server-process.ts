import { endInOrder } from '#server/end-in-order.ts';
import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/start-server.ts';
import { StoreUnusableError } from '#server/storage/store-unusable-error.ts';

/**
 * The server without its pages, as a process that can be killed. Says `{ port }` to its parent once it listens, stops in
 * order at SIGTERM, and does not outlive its parent.
 */
const read = readEnv(process.env);
if (!read.ok) throw new Error(read.message);
const log = createLog(read.env.LOG_LEVEL);
try {
  const server = await startServer({ env: read.env, log, pages: false });
  endInOrder(server, log);
  process.once('disconnect', () => process.exit(1));
  process.send?.({ port: server.port });
} catch (error) {
  if (!(error instanceof StoreUnusableError)) throw error;
  process.stderr.write(`lectern: ${error.message}\n`);
  process.exit(1);
}
