import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Book, Format } from '#shared/records/book.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { ImportPlan } from '#shared/records/import.ts';
import { applyPlan } from '#server/importers/apply-plan.ts';
import { makeBook } from '#server/importers/make-book.ts';
import { measureInWorker } from '#server/importers/measure-in-worker.ts';
import { previewImport } from '#server/importers/preview-import.ts';
import { runImport } from '#server/importers/run-import.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';
import { bringComments } from './bring-comments.ts';
import type { Brought, Draft, ReadBrought } from './imports.ts';

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

/** A file's name as a title: words parted by spaces. The digits that a machine names a file by are none. */
export function titleOfFile(fileName: string): string {
  const [, name = ''] = /^(.*?)(?:\.[^.]*)?$/s.exec(fileName) ?? [];
  const words = name.includes(' ') ? name : name.replace(/[_+]+|(?<=\p{L})[-.]+(?=\p{L})/gu, ' ');
  return /^(?=.*\d)[\s\dA-Fa-f-]{12,}$/u.test(words) ? '' : words.trim();
}

/** Reads what a member brought, so that they can look it over. */
export const readBroughtIn: ReadBrought = async (brought, { onProgress, signal }) => {
  const { bytes, fileName, title } = brought;
  const run = runImport({ bytes, hint: hintOf(brought), titleHint: title }, { onProgress });
  signal.addEventListener('abort', () => run.cancel(), { once: true });
  const outcome = await run.done;
  if (!outcome.ok) return outcome;
  const { book, format } = outcome;
  return { ok: true, draft: { book, format, preview: previewImport(book, format, titleOfFile(fileName ?? '')) } };
};

/** Makes the book that the plan says of what was read, and puts it on the room's shelf, if the member still may. */
export async function putOnShelf(
  room: LiveRoom,
  member: MemberId,
  { book: read, format }: Draft,
  plan: ImportPlan,
  addedAt: number,
): Promise<{ ok: true; book: Book } | Refusal> {
  // Asked again when it is put there; who may not is spared the work, and the store the pictures.
  const allowed = room.mayAddBooks(member);
  if (!allowed.ok) return allowed;
  const applied = applyPlan(read, plan);
  if (!applied.ok) return applied;
  const planned = await measureInWorker(applied.book);
  const { book, chapters } = makeBook(planned, { format, addedBy: member, addedAt, fallbackTitle: plan.title });
  const added = await room.addBook(member, book, chapters, planned.pictures);
  if (added.ok) await bringComments(room, member, chapters, planned.comments ?? []);
  return added;
}
