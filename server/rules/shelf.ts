import { BOOKS_PER_ROOM_MAX } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Book } from '#shared/records/book.ts';
import { orderOf } from '#shared/records/reading-order.ts';
import type { Member } from '#shared/records/member.ts';
import { PICTURES_PER_ROOM_MAX_BYTES } from '#server/limits.ts';
import { allow, type Rule } from './facts.ts';
import { cannotModerate } from './standing.ts';

export const removeBook: Rule<'book.remove'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  const book = facts.book(command.book);
  if (book === null) return refuse('not-found');
  const { session } = facts;
  const holds = (chapter: string) => book.chapters.some((entry) => entry.id === chapter);
  if (session !== null && (holds(session.chapter) || (session.spotlight && holds(session.spotlight.chapter)))) {
    return refuse('session-running');
  }
  return allow([{ table: 'book-removed', book: book.id }]);
};

export const renameBook: Rule<'book.rename'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  const book = facts.book(command.book);
  if (book === null) return refuse('not-found');
  const { title, author } = command;
  const [only, ...others] = book.chapters;
  const chapter = only && others.length === 0 && only.title === book.title ? facts.chapter(only.id) : null;
  const chapters = chapter === null ? book.chapters : book.chapters.map((entry) => ({ ...entry, title }));
  const row = { ...book, title, author, chapters };
  return allow([{ table: 'book', row, chapters: chapter === null ? [] : [{ ...chapter, title }] }]);
};

/** Between books that stand closer than numbers can tell apart, all are set anew with this much room between them. */
const ORDER_STEP = 1_000_000;

export const moveBook: Rule<'book.move'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  const book = facts.book(command.book);
  if (book === null) return refuse('not-found');
  if (command.before === book.id) return allow();
  const others = facts.shelf().filter((one) => one.id !== book.id);
  const at = command.before === null ? others.length : others.findIndex((one) => one.id === command.before);
  if (at === -1) return refuse('not-found');
  const order = orderBetween(others[at - 1], others[at]);
  if (order !== null) return allow([{ table: 'book', row: { ...book, order }, chapters: [] }]);
  const all = others.toSpliced(at, 0, book);
  return allow(
    all.map((one, index) => ({ table: 'book', row: { ...one, order: index * ORDER_STEP }, chapters: [] as never[] })),
  );
};

/** Null where no number is between them. A book that is brought in later has its time, which is after all of them. */
function orderBetween(before: Book | undefined, after: Book | undefined): number | null {
  if (before === undefined) return after === undefined ? 0 : orderOf(after) - ORDER_STEP;
  const low = orderOf(before);
  if (after === undefined) return low + 1;
  const middle = (low + orderOf(after)) / 2;
  return middle > low && middle < orderOf(after) ? middle : null;
}

/** Why a book with pictures of so many bytes has no room beside those that a room holds; null when it has. */
export function noRoomForPictures(held: number, brought: number): Refusal | null {
  return brought > 0 && held + brought > PICTURES_PER_ROOM_MAX_BYTES ? refuse('room-full') : null;
}

/** Why this member may bring no book in now; null when they may. Asked before an import and again when it is done. */
export function cannotAddBook(member: Member, booksOnShelf: number): Refusal | null {
  if (member.removed) return refuse('removed');
  return cannotModerate(member) ?? (booksOnShelf >= BOOKS_PER_ROOM_MAX ? refuse('room-full') : null);
}
