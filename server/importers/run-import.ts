import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { IMPORT_TIME_MAX_MS } from '#server/limits.ts';
import { decode } from './decode.ts';
import type { ImportOrder, ImportReport } from './import-messages.ts';
import type { ImportOutcome } from './settled-book.ts';
import { workerFlags } from './worker-flags.ts';

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

const WORKER = fileURLToPath(new URL('./import-worker.ts', import.meta.url));
/** Of what a worker writes as it dies: enough to tell what of. */
const LAST_WORDS_MAX_CHARS = 20_000;

/**
 * Reads a text into a draft book in a process of its own, which is ended when it takes more than a minute or 256 MB, and
 * takes nothing along when it dies: V8 answers some ways of running out of memory, and a decoder some pictures, by ending
 * the process. Pasted text goes the same way, as UTF-8 bytes.
 */
export function runImport(input: ImportInput, options: ImportRunOptions = {}): ImportRun {
  const { bytes, hint, titleHint } = input;
  // Too little or too much needs no worker to be refused.
  if (bytes.length === 0 || bytes.length > UPLOAD_MAX_BYTES) {
    const refusal = decode(bytes);
    return { done: Promise.resolve(refusal.ok ? refuse('import-failed') : refusal), cancel: () => undefined };
  }
  const order: ImportOrder = { bytes, hint };
  const worker = fork(WORKER, [], {
    execArgv: [...workerFlags],
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { promise, resolve } = Promise.withResolvers<ImportOutcome>();
  let timer: NodeJS.Timeout | undefined = undefined;
  const settle = (outcome: ImportOutcome) => {
    clearTimeout(timer);
    resolve(withTitle(outcome, titleHint));
    worker.kill('SIGKILL');
  };
  timer = setTimeout(() => settle(refuse('import-too-slow')), options.timeMaxMs ?? IMPORT_TIME_MAX_MS);
  let lastWords = '';
  worker.stderr?.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-LAST_WORDS_MAX_CHARS);
  });
  worker.on('message', (report: ImportReport) => {
    if (report.type === 'outcome') settle(report.outcome);
    else options.onProgress?.(report.progress);
  });
  // It could not be started, or not be reached any more; how it ended says the rest.
  worker.on('error', () => settle(refuse('import-failed')));
  worker.on('close', () => {
    const isMemory = lastWords.includes('heap out of memory');
    settle(
      refuse('import-failed', isMemory ? 'This file needs more memory to read than this server gives it.' : undefined),
    );
  });
  worker.send(order);
  return { done: promise, cancel: () => settle(refuse('import-failed', 'The import was stopped.')) };
}

function withTitle(outcome: ImportOutcome, titleHint: string | null): ImportOutcome {
  const title = titleHint?.trim() ?? '';
  return outcome.ok && title !== '' ? { ...outcome, book: { ...outcome.book, title } } : outcome;
}
