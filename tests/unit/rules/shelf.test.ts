import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Book } from '#shared/records/book.ts';
import { inReadingOrder } from '#shared/records/reading-order.ts';
import { type BookId, newId } from '#shared/records/ids.ts';
import { decide } from '#server/rules/decide.ts';
import { asCommand, book, facts, people } from './small-room.ts';

const shelfOf = (length: number): Book[] =>
  Array.from({ length }, (_, at) => ({ ...book, id: newId<BookId>(), addedAt: 1_790_000_000_000 + at }));

/** The shelf after one move, as its rows say. */
function moved(shelf: Book[], from: number, before: number | null): Book[] {
  const wish = { kind: 'book.move' as const, book: shelf[from]?.id ?? newId<BookId>() };
  const target = before === null ? null : (shelf[before]?.id ?? null);
  const decision = decide(facts({ shelf }), people.host, asCommand({ ...wish, before: target }));
  if (!decision.ok) throw new Error(decision.code);
  const rows = new Map(shelf.map((one) => [one.id, one]));
  for (const change of decision.changes) if (change.table === 'book') rows.set(change.row.id, change.row);
  return inReadingOrder(rows.values());
}

describe('the reading order', () => {
  it('RM27 a book stands where it was moved to, whatever was moved before, and a new one comes after all', () => {
    const moves = fc.array(fc.record({ from: fc.nat(5), before: fc.option(fc.nat(5)) }), { maxLength: 80 });
    fc.assert(
      fc.property(moves, (all) => {
        let shelf = shelfOf(6);
        for (const { from, before } of all) {
          const wanted = shelf.map(({ id }) => id);
          const target = before === null ? undefined : wanted[before];
          const [id = newId<BookId>()] = wanted.splice(from, 1);
          const at = target === undefined ? wanted.length : target === id ? from : wanted.indexOf(target);
          wanted.splice(at, 0, id);
          shelf = moved(shelf, from, before);
          expect(shelf.map((one) => one.id)).toEqual(wanted);
        }
        const fresh = { ...book, id: newId<BookId>(), addedAt: 1_790_000_001_000 };
        expect(inReadingOrder([fresh, ...shelf]).at(-1)).toBe(fresh);
      }),
    );
  });

  it('RM27 books that stand too close for a number between them are set anew', () => {
    let shelf = shelfOf(3);
    for (let round = 0; round < 100; round += 1) {
      const [first, second, third] = shelf.map(({ id }) => id);
      shelf = moved(shelf, 2, 1);
      expect(shelf.map(({ id }) => id)).toEqual([first, third, second]);
    }
  });

  it('RM27 a book is not moved to before one that is gone', () => {
    const shelf = shelfOf(2);
    const wish = { kind: 'book.move' as const, book: shelf[0]?.id ?? newId<BookId>(), before: newId<BookId>() };
    expect(decide(facts({ shelf }), people.host, asCommand(wish))).toMatchObject({ code: 'not-found' });
  });
});
