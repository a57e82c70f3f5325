import { z } from 'zod';
import { ask, isRefusal } from '#components/http/ask.ts';
import type { Saying } from '#components/ui/toast.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { BookId, ChapterId, RoomId } from '#shared/records/ids.ts';

const doneSchema = z.object({ ok: z.literal(true) });

/** Quotes a passage at the end of the book's pad; what is to be said about it. The pad itself is not loaded for this. */
export async function sendToPad(room: RoomId, book: BookId, chapter: ChapterId, passage: Passage): Promise<Saying> {
  const body = { chapter, passage };
  const answer = await ask(`/api/rooms/${room}/books/${book}/pad/quotations`, doneSchema, { method: 'POST', body });
  return isRefusal(answer) ? { says: answer.message, calls: true } : { says: 'It is in the pad.' };
}
