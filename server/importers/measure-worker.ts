import { parentPort, workerData } from 'node:worker_threads';
import { measureChapter } from './measure-chapter.ts';
import type { MeasureOrder } from './measure-in-worker.ts';

// Started by `measure-in-worker.ts`, with blocks that were read in a worker like this one.
const { chapters, language } = workerData as MeasureOrder;
// A thread's port, not a window: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(chapters.map((blocks) => measureChapter(blocks, language)));
