import { ask, isRefusal } from '#components/http/ask.ts';
import type { Saying } from '#components/ui/toast.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { BookId, ChapterId, RoomId } from '#shared/records/ids.ts';

/** Quotes a passage at the end of the book's pad; what is to be said about it. The pad itself is not loaded for this. */
export async function sendToPad(room: RoomId, book: BookId, chapter: ChapterId, passage: Passage): Promise<Saying> {
  const path = `/api/rooms/${room}/books/${book}/pad/quotations`;
  const done = import('#shared/protocol/pad.ts').then(({ padDoneSchema }) => padDoneSchema);
  const answer = await ask(path, done, { method: 'POST', body: { chapter, passage } });
  return isRefusal(answer) ? { says: answer.message, calls: true } : { says: 'It is in the pad.' };
}
