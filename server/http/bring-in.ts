import type { Format } from '#shared/records/book.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { makeBook } from '#server/importers/make-book.ts';
import { runImport } from '#server/importers/run-import.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';
import { bringComments } from './bring-comments.ts';
import type { BringIn, Brought } from './imports.ts';

/** Most of the time goes into reading; putting the book on the shelf is one write. */
const READ_SHARE = 0.9;

const formatsByExtension: Record<string, Format> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  epub: 'epub',
};

/** What a form's choice or a file's name suggests; the content decides. */
export function hintOf({ fileName, format }: Brought): Format | null {
  const extension = /\.([^.]*)$/s.exec(fileName ?? '')?.[1] ?? '';
  return format ?? formatsByExtension[extension.toLowerCase()] ?? null;
}

/** Reads what a member brought and puts it on the room's shelf, if they still may when it has been read. */
export function bringInto(room: LiveRoom, member: MemberId, now: () => number): BringIn {
  return async (brought, { onProgress, signal }) => {
    const { bytes, fileName, title, comments } = brought;
    const [, name = ''] = /^(.*?)(?:\.[^.]*)?$/s.exec(fileName ?? '') ?? [];
    const hint = hintOf(brought);
    const run = runImport({ bytes, hint, titleHint: title }, { onProgress: (done) => onProgress(done * READ_SHARE) });
    signal.addEventListener('abort', () => run.cancel(), { once: true });
    const outcome = await run.done;
    if (!outcome.ok) return outcome;
    const details = { format: outcome.format, addedBy: member, addedAt: now(), fallbackTitle: name };
    const { book, chapters } = makeBook(outcome.book, details);
    const added = await room.addBook(member, book, chapters, outcome.book.pictures);
    if (added.ok && comments) await bringComments(room, member, chapters, outcome.book.comments ?? []);
    return added;
  };
}
