import { newId, type MemberId } from '#shared/records/ids.ts';
import { inks, type Ink, type Member, type Role } from '#shared/records/member.ts';
import { firstGrapheme, graphemes } from '#shared/text/measure.ts';

// Keycaps and 'ℹ️' begin with a digit or letter too, and are emoji by what follows it.
const isLetterOrDigit = (grapheme: string): boolean =>
  /^[\p{L}\p{N}]/u.test(grapheme) && !/\uFE0F|\u20E3/u.test(grapheme);

/**
 * One grapheme to stand on a face: the first letter or digit of the name, upper-cased where the script has case, so 'ana'
 * is 'A' and '🎈 (Bo)' is 'B'. A name without any ('👩‍👩‍👧!') gives its first grapheme.
 */
export function initialsOf(name: string): string {
  const all = graphemes(name.trim());
  const first = all.find((grapheme) => isLetterOrDigit(grapheme));
  // Upper-casing may lengthen ('ß' is 'SS').
  return firstGrapheme((first ?? all[0] ?? '').toLocaleUpperCase('und'));
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
