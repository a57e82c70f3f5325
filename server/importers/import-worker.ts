import { setPriority } from 'node:os';
import type { ImportOrder, ImportReport } from './import-messages.ts';
import { readBook } from './read-book.ts';

/** A third of the processor when the server wants it too: a book is waited for by one person, the room's answers by all. */
const NICENESS = 5;

// Started by `run-import.ts`, which is the only one to send; what is hostile is inside `bytes`.
process.once('message', ({ bytes, hint }: ImportOrder) => void read(bytes, hint));
// Nobody waits for the book any more.
process.once('disconnect', () => process.exit());

async function read(bytes: ImportOrder['bytes'], hint: ImportOrder['hint']): Promise<void> {
  setPriority(NICENESS);
  const outcome = await readBook(bytes, hint, (progress) => report({ type: 'progress', progress }));
  report({ type: 'outcome', outcome });
}

function report(message: ImportReport): void {
  process.send?.(message);
}
