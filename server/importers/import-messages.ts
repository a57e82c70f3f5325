import type { Format } from '#shared/records/book.ts';
import type { ImportOutcome } from './settled-book.ts';

/** What the import worker is sent first, and alone. */
export interface ImportOrder {
  bytes: Uint8Array;
  hint: Format | null;
}

/** What the import worker says: progress from 0 to 1, and once, at the end, how it went. */
export type ImportReport = { type: 'progress'; progress: number } | { type: 'outcome'; outcome: ImportOutcome };
