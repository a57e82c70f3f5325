import type { Book } from './book.ts';

/** Its place in the room's reading order; a book that nobody moved comes after those that came before it. */
export const orderOf = ({ order, addedAt }: Pick<Book, 'order' | 'addedAt'>): number => order ?? addedAt;

export function inReadingOrder(books: Iterable<Book>): Book[] {
  return [...books].toSorted((one, other) => orderOf(one) - orderOf(other) || one.addedAt - other.addedAt);
}
