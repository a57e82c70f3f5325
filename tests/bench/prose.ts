import { Seeded } from '#tests/support/seeded.ts';

const PARAGRAPHS = 95;
const SEED = 20;
const people = [
  'the ferryman',
  'my aunt',
  'a girl from the printing house',
  'the night porter',
  'Osk',
  'nobody we knew',
];
const acts = ['counted', 'carried', 'had forgotten', 'kept', 'would not sell', 'wrote down', 'asked after'];
const things = ['the lamps', 'a tin of buttons', 'every letter of that year', 'the winter keys', 'a map without names'];
const places = [
  'under the stairs',
  'by the slow canal',
  'in the third pew',
  'where the tram turns',
  'beyond the orchard',
];
const turns = [
  'and said nothing of it',
  'as if it were owed',
  'until the frost came',
  'which was the whole trouble',
  'twice',
];

/** The paragraphs of a chapter, some 400 characters each, the same in every run. */
export function prose(repeats: number): string[] {
  const seeded = new Seeded(SEED);
  const sentence = (): string => {
    const [who, did, what, where, turn] = [people, acts, things, places, turns].map((list) => seeded.pick(list));
    const text = `${who} ${did} ${what} ${where}, ${turn}.`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const paragraphs = Array.from({ length: PARAGRAPHS }, () =>
    Array.from({ length: seeded.between(4, 7) }, sentence).join(' '),
  );
  return Array.from({ length: repeats }, () => paragraphs).flat();
}
