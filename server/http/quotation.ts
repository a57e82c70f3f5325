import type { z } from 'zod';
import { checkPassage, passageText } from '#shared/anchoring/quote.ts';
import type { quoteInPadSchema } from '#shared/protocol/pad.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { BookId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';

/** A passage as a quotation for the pad: a paragraph for each block it touches, in the words of the server's own copy. */
export async function quotationOf(
  room: LiveRoom,
  bookId: BookId,
  { chapter: chapterId, passage }: z.infer<typeof quoteInPadSchema>,
): Promise<{ ok: true; block: PadBlock } | Refusal> {
  const book = room.books().find(({ id }) => id === bookId);
  const chapter = book?.chapters.some(({ id }) => id === chapterId) ? await room.chapter(chapterId) : null;
  if (!book || !chapter) return refuse('not-found');
  const checked = checkPassage(chapter.blocks, passage);
  if (typeof checked === 'string') return refuse(checked);
  const { start, end } = checked;
  const source = [book.author, book.title, chapter.title === book.title ? null : chapter.title];
  return {
    ok: true,
    block: {
      type: 'quotation',
      source: source.filter((part) => part !== null).join(', '),
      chapter: chapter.id,
      at: `${start.block}.${start.offset}-${end.block}.${end.offset}`,
      blocks: passageText(chapter.blocks, checked)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((text) => ({ type: 'paragraph', spans: [{ text, marks: [], href: null }] })),
    },
  };
}
