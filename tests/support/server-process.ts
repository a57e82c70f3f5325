import { readEnv } from '#server/env.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/start-server.ts';

/**
 * The server without its pages, as a process that can be killed. Says `{ port }` to its parent once it listens, stops in
 * order at SIGTERM, and does not outlive its parent.
 */
const read = readEnv(process.env);
if (!read.ok) throw new Error(read.message);
const server = await startServer({ env: read.env, log: createLog(read.env.LOG_LEVEL), pages: false });
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
process.send?.({ port: server.port });
