import { Worker } from 'node:worker_threads';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { IMPORT_MEMORY_MAX_MB, IMPORT_TIME_MAX_MS } from '#server/limits.ts';
import { decode } from './decode.ts';
import type { ImportOrder, ImportReport } from './import-messages.ts';
import type { ImportOutcome } from './settled-book.ts';

export interface ImportInput {
  bytes: Uint8Array;
  /** What a file's name or a form's choice suggests; the content decides. */
  hint: Format | null;
  /** A title given by the person who brings the text; it wins over what the text says. */
  titleHint: string | null;
}

export interface ImportRun {
  /** Never rejects: every way it can go wrong is a refusal with a sentence. */
  done: Promise<ImportOutcome>;
  /** Stops the import; `done` then resolves with `import-failed`. */
  cancel(): void;
}

export interface ImportRunOptions {
  /** Called with numbers from 0 to 1. */
  onProgress?: (progress: number) => void;
  /** For tests of the limit itself. */
  timeMaxMs?: number;
}

/**
 * Reads a text into a draft book in a worker of its own, which is ended when it takes more than a minute or 256 MB.
 * Pasted text goes the same way, as UTF-8 bytes.
 */
export function runImport(input: ImportInput, options: ImportRunOptions = {}): ImportRun {
  const { bytes, hint, titleHint } = input;
  // Too little or too much needs no worker to be refused.
  if (bytes.length === 0 || bytes.length > UPLOAD_MAX_BYTES) {
    const refusal = decode(bytes);
    return { done: Promise.resolve(refusal.ok ? refuse('import-failed') : refusal), cancel: () => undefined };
  }
  const order: ImportOrder = { bytes, hint };
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: order,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: IMPORT_MEMORY_MAX_MB, maxYoungGenerationSizeMb: 32 },
  });
  const { promise, resolve } = Promise.withResolvers<ImportOutcome>();
  let timer: NodeJS.Timeout | undefined = undefined;
  const settle = (outcome: ImportOutcome) => {
    clearTimeout(timer);
    resolve(withTitle(outcome, titleHint));
    void worker.terminate();
  };
  timer = setTimeout(() => settle(refuse('import-too-slow')), options.timeMaxMs ?? IMPORT_TIME_MAX_MS);
  worker.on('message', (report: ImportReport) => {
    if (report.type === 'outcome') settle(report.outcome);
    else options.onProgress?.(report.progress);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    settle(
      refuse('import-failed', isMemory ? 'This file needs more memory to read than this server gives it.' : undefined),
    );
  });
  worker.on('exit', () => settle(refuse('import-failed')));
  return { done: promise, cancel: () => settle(refuse('import-failed', 'The import was stopped.')) };
}

function withTitle(outcome: ImportOutcome, titleHint: string | null): ImportOutcome {
  const title = titleHint?.trim() ?? '';
  return outcome.ok && title !== '' ? { ...outcome, book: { ...outcome.book, title } } : outcome;
}
