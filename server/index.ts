import { endInOrder } from './end-in-order.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { startServer } from './start-server.ts';
import { StoreUnusableError } from './storage/store-unusable-error.ts';

const read = readEnv(process.env);
if (!read.ok) {
  process.stderr.write(`lectern: ${read.message}\n`);
  process.exit(1);
}
const { env } = read;
const log = createLog(env.LOG_LEVEL);

// What nobody expected may have left anything half done: the log holds what was acknowledged, a new process reads it.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    log.fatal({ err: error }, 'stopping after an error that nobody expected');
    process.exit(1);
  });
}

try {
  const server = await startServer({ env, log, pages: true });
  endInOrder(server, log);

  const onlyHere = env.HOST === '127.0.0.1' || env.HOST === 'localhost' || env.HOST === '::1';
  const address =
    env.PUBLIC_ORIGIN ?? `http://${onlyHere || env.HOST === '0.0.0.0' ? 'localhost' : env.HOST}:${server.port}`;
  log.info({ address, port: server.port, data: env.DATA_DIR }, 'ready');
  process.stderr.write(`lectern: the room is open at ${address}\n`);
  if (onlyHere)
    process.stderr.write('lectern: only this machine can reach it; start with HOST=0.0.0.0 to let others in.\n');
} catch (error) {
  if (error instanceof StoreUnusableError) process.stderr.write(`lectern: ${error.message}\n`);
  else if (isPortTaken(error)) process.stderr.write(`lectern: port ${env.PORT} is taken; set PORT to another one.\n`);
  else log.fatal({ err: error }, 'could not start');
  process.exit(1);
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
