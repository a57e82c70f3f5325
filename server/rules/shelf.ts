import { BOOKS_PER_ROOM_MAX } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
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

/** Why this member may bring no book in now; null when they may. Asked before an import and again when it is done. */
export function cannotAddBook(member: Member, booksOnShelf: number): Refusal | null {
  if (member.removed) return refuse('removed');
  return cannotModerate(member) ?? (booksOnShelf >= BOOKS_PER_ROOM_MAX ? refuse('too-many') : null);
}
