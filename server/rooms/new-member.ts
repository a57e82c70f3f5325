import { newId, type MemberId } from '#shared/records/ids.ts';
import { inks, type Ink, type Member, type Role } from '#shared/records/member.ts';
import { firstGrapheme } from '#shared/text/measure.ts';

/** First graphemes of the first and the last word, upper-cased where the script has case: 'Ana María Ruiz' is 'AR'. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const first = firstGrapheme(words[0] ?? '');
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  // Upper-casing may lengthen ('ß' is 'SS'), and a face has room for one grapheme a word.
  return firstGrapheme(first.toLocaleUpperCase('und')) + firstGrapheme(last.toLocaleUpperCase('und'));
}

/** The ink that the fewest of the room's people have; the first of the list among equals. */
export function leastUsedInk(members: Iterable<Member>): Ink {
  const uses = new Map<Ink, number>(inks.map((ink) => [ink, 0]));
  for (const { ink, removed } of members) if (!removed) uses.set(ink, (uses.get(ink) ?? 0) + 1);
  return inks.reduce((best, ink) => ((uses.get(ink) ?? 0) < (uses.get(best) ?? 0) ? ink : best));
}

/** Somebody who comes in now. */
export function newMember(name: string, role: Role, joinedAt: number, others: Iterable<Member>): Member {
  return {
    id: newId<MemberId>(),
    name,
    initials: initialsOf(name),
    ink: leastUsedInk(others),
    role,
    muted: false,
    removed: false,
    joinedAt,
  };
}
