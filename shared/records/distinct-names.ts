import type { MemberId } from './ids.ts';
import type { Member } from './member.ts';

/** Two names that look alike to a reader: NFKC also folds full-width letters, `ſ`-like forms and ligatures. */
const fold = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC');

const byArrival = (a: Member, b: Member): number => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1);

/**
 * The name to show for each member, so that two people of one name are told apart: whoever came first keeps the bare
 * name, the next is 'Name (2)', then 'Name (3)'. Names are one when they differ in case or width alone. A number that
 * somebody carries in their own name is passed over. Depends on the members alone, not on their order in the list.
 */
export function distinctNames(members: readonly Member[]): Map<MemberId, string> {
  const ordered = [...members].toSorted(byArrival);
  const taken = new Set(ordered.map((member) => fold(member.name)));
  const used = new Map<string, number>();
  const names = new Map<MemberId, string>();
  for (const member of ordered) {
    const key = fold(member.name);
    let count = used.get(key);
    if (count === undefined) {
      used.set(key, 1);
      names.set(member.id, member.name);
      continue;
    }
    let shown: string;
    do {
      count += 1;
      shown = `${member.name} (${count})`;
    } while (taken.has(fold(shown)));
    used.set(key, count);
    names.set(member.id, shown);
  }
  return names;
}
