import type { MemberId } from '#shared/records/ids.ts';
import { makeBook } from '#server/importers/make-book.ts';
import { runImport } from '#server/importers/run-import.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';
import type { BringIn } from './imports.ts';

/** Most of the time goes into reading; putting the book on the shelf is one write. */
const READ_SHARE = 0.9;

/** Reads what a member brought and puts it on the room's shelf, if they still may when it is read. */
export function bringInto(room: LiveRoom, member: MemberId, now: () => number): BringIn {
  return async (brought, onProgress) => {
    const outcome = await runImport(brought);
    if (!outcome.ok) return outcome;
    onProgress(READ_SHARE);
    const { book, chapters } = makeBook(outcome, { addedBy: member, addedAt: now() });
    return room.addBook(member, book, chapters);
  };
}
