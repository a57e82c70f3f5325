import { Worker } from 'node:worker_threads';
import { CARRY_TIME_MAX_MS } from '#server/limits.ts';
import type { CarryOrder, CarryReport } from './carry-messages.ts';

/** Carries in a thread of its own, so that a long chapter holds nobody up. Rejects when the thread fails. */
export function carry(order: CarryOrder): Promise<CarryReport> {
  const worker = new Worker(new URL('./carry-worker.ts', import.meta.url), { workerData: order, env: {} });
  const { promise, resolve, reject } = Promise.withResolvers<CarryReport>();
  const timer = setTimeout(() => reject(new Error('carrying anchors took too long')), CARRY_TIME_MAX_MS);
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('carrying anchors ended without an answer')));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
