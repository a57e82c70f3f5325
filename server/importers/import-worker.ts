import { parentPort, workerData } from 'node:worker_threads';
import type { ImportOrder, ImportReport } from './import-messages.ts';
import { readBook } from './read-book.ts';

// Started by `run-import.ts`, which wrote `workerData` itself; what is hostile is inside `bytes`.
const { bytes, hint } = workerData as ImportOrder;
// A thread's port, not a window: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const report = (message: ImportReport) => parentPort?.postMessage(message);

report({
  type: 'outcome',
  outcome: await readBook(bytes, hint, (progress) => report({ type: 'progress', progress })),
});
