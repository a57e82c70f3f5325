import type { Colour } from '#shared/records/annotation.ts';
import { colours } from '#shared/records/colours.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Entry, EntryGroup } from './entry.ts';

/** What of the notebook is shown. `person` null is everybody. */
export interface Filter {
  whose: 'all' | 'mine' | 'new';
  withReplies: boolean;
  pencil: boolean;
  inks: ReadonlySet<Colour>;
  person: MemberId | null;
  words: string;
}

export const everything: Filter = {
  whose: 'all',
  withReplies: false,
  pencil: true,
  inks: new Set(colours),
  person: null,
  words: '',
};

export const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

function says(entry: Entry, words: string): boolean {
  const { annotation, replies } = entry;
  const texts = [annotation.anchor?.quote.exact ?? '', annotation.body, ...replies.map((reply) => reply.body)];
  return texts.some((text) => fold(text).includes(words));
}

/** The groups with only the entries that pass; groups left empty are gone. Pencil notes have no ink to be filtered by. */
export function filtered(groups: readonly EntryGroup[], filter: Filter, me: MemberId): EntryGroup[] {
  const words = fold(filter.words.trim());
  const passes = (entry: Entry): boolean => {
    const { author, colour, visibility } = entry.annotation;
    const isPencil = visibility === 'private';
    if (filter.whose === 'mine' && author !== me) return false;
    if (filter.whose === 'new' && !entry.fresh) return false;
    if (filter.withReplies && entry.replies.length === 0) return false;
    if (isPencil ? !filter.pencil : !filter.inks.has(colour)) return false;
    if (
      filter.person !== null &&
      author !== filter.person &&
      !entry.replies.some((reply) => reply.author === filter.person)
    )
      return false;
    return words === '' || says(entry, words);
  };
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(passes) }))
    .filter((group) => group.entries.length > 0);
}

export const countEntries = (groups: readonly EntryGroup[]): number =>
  groups.reduce((total, group) => total + group.entries.length, 0);
