import { describe, expect, it } from 'vitest';
import {
  canJoin,
  draftOf,
  join,
  leaveOut,
  planFrom,
  rangeOf,
  rename,
  type Section,
  split,
  standAlone,
} from '#components/shelf/plan-edits.ts';
import { type ChapterPlace, type ImportPreview, importPlanSchema } from '#shared/records/import.ts';

const previewOf = (...titles: string[]): ImportPreview => ({
  title: 'The Lamp',
  author: null,
  language: 'en',
  direction: 'ltr',
  format: 'text',
  cover: false,
  pictures: 0,
  comments: 0,
  leftOut: [],
  chapters: titles.map((title) => ({ title, words: 100, begins: `${title} begins`, isAround: false })),
});
const place: ChapterPlace = {
  block: 4,
  kind: 'paragraph',
  begins: 'Then it was dark and the lamp was lit…',
  share: 0.25,
};
const shown = (sections: readonly Section[]) =>
  sections.map(({ chapter, block, as, words }) => `${chapter}.${block} ${as} ${words}`);

describe('editing a preview', () => {
  const { sections } = draftOf(previewOf('One', 'Two', 'Three'));

  it('IM203 a chapter is split at a place, with its share of the words and a name, and the split is taken back by joining', () => {
    const parted = split(sections, 1, place, 100, 0);
    expect(shown(parted)).toEqual(['0.0 chapter 100', '1.0 chapter 25', '1.4 chapter 75', '2.0 chapter 100']);
    expect(parted[2]?.name).toBe('Then it was dark and the');
    expect(rangeOf(parted, 1)).toEqual({ begin: 0, end: 4 });
    expect(rangeOf(parted, 2)).toEqual({ begin: 4, end: Number.POSITIVE_INFINITY });
    const again = split(parted, 2, { ...place, block: 9, share: 0.5, kind: 'heading', begins: 'Dusk' }, 100, 0.25);
    expect(shown(again).slice(2, 4)).toEqual(['1.4 chapter 25', '1.9 chapter 50']);
    expect(again[3]?.name).toBe('Dusk');
    expect(join(parted, 2)).toEqual(sections);
  });

  it('IM203 a chapter is joined, stands alone again, and is left out with what was joined to it', () => {
    const joined = join(join(sections, 1), 2);
    expect(shown(joined)).toEqual(['0.0 chapter 100', '1.0 joined 100', '2.0 joined 100']);
    expect(shown(standAlone(joined, 1))[1]).toBe('1.0 chapter 100');
    const none = leaveOut(joined, 0);
    expect(none.every(({ as }) => as === 'left-out')).toBe(true);
    expect(canJoin(sections, 0)).toBe(false);
    expect(canJoin(sections, 1)).toBe(true);
    expect(canJoin(standAlone(none, 2), 2)).toBe(false);
  });

  it('IM203 what is sent fits the schema; the only chapter of a book that bears its title follows the book', () => {
    const only = previewOf('The Lamp');
    const draft = { ...draftOf(only), title: 'A Lamp', author: ' ' };
    expect(importPlanSchema.parse(planFrom(draft, only))).toMatchObject({
      title: 'A Lamp',
      author: null,
      sections: [{ chapter: 0, block: 0, title: 'A Lamp', as: 'chapter' }],
    });
    const several = previewOf('One', 'Two');
    const renamed = { ...draftOf(several), sections: rename(draftOf(several).sections, 0, 'Dawn') };
    const sent = importPlanSchema.parse(planFrom(renamed, several));
    expect(sent.sections.map(({ title }) => title)).toEqual(['Dawn', null]);
    const cleared = { ...renamed, sections: rename(renamed.sections, 0, '') };
    expect(planFrom(cleared, several).sections[0]?.title).toBeNull();
  });
});
