import { Worker } from 'node:worker_threads';
import { MEASURE_TIME_MAX_MS } from '#server/limits.ts';
import type { ChapterMeasures, SettledBlock, SettledBook, SettledChapter } from './settled-book.ts';

/** What the worker is started with; it answers with the measures of each. */
export interface MeasureOrder {
  chapters: SettledBlock[][];
  language: string;
}

/** Counts and hashes the chapters that come without measures, in a thread of its own. Rejects when the thread fails. */
export async function measureInWorker(book: SettledBook): Promise<SettledBook> {
  const chapters = book.chapters.flatMap(({ blocks, measures }) => (measures === undefined ? [blocks] : []));
  if (chapters.length === 0) return book;
  const measured = (await measure({ chapters, language: book.language })).values();
  const withMeasures = (chapter: SettledChapter): SettledChapter => {
    const measures = chapter.measures ?? measured.next().value;
    return measures === undefined ? chapter : { ...chapter, measures };
  };
  return { ...book, chapters: book.chapters.map(withMeasures) };
}

function measure(order: MeasureOrder): Promise<ChapterMeasures[]> {
  const worker = new Worker(new URL('./measure-worker.ts', import.meta.url), { workerData: order, env: {} });
  const { promise, resolve, reject } = Promise.withResolvers<ChapterMeasures[]>();
  const timer = setTimeout(() => reject(new Error('measuring chapters took too long')), MEASURE_TIME_MAX_MS);
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('measuring chapters ended without an answer')));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
