import type { Log } from './log.ts';
import type { RunningServer } from './start-server.ts';

/** Whoever asked the process to stop waits this long at most before it is killed, so we do not take longer. */
const STOP_MAX_MS = 10_000;

/**
 * Ends the process in order: with 0 when it is asked to stop, with 1 and a sentence when the store turns out to be damaged.
 * What takes too long is cut off, with 1: everything that was acked is on disk by then.
 */
export function endInOrder(server: RunningServer, log: Log): void {
  const end = (code: 0 | 1): void => {
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, STOP_MAX_MS).unref();
    server.close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.fatal({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Stays until the end: a terminal tells the launcher and us, the launcher tells us again, and twice is not 'at once'.
    process.on(signal, () => {
      if (told) return;
      told = true;
      log.info({ signal }, 'stopping');
      end(0);
    });
  }
  const endWhenDamaged = async (): Promise<void> => {
    const error = await server.damaged;
    log.fatal({ err: error }, 'stopping because the store is damaged');
    process.stderr.write(`lectern: ${error.message}\n`);
    end(1);
  };
  void endWhenDamaged();
}
