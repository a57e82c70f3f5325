import { expect, it } from 'vitest';
import { distinctNames } from '#shared/records/distinct-names.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { idOf, member } from '../exporters/export-fixture.ts';

const shown = (...names: string[]) => {
  const members = names.map((name, index) => member(idOf<MemberId>(`m${index}`), name, { joinedAt: index }));
  const distinct = distinctNames(members.toReversed());
  return members.map(({ id }) => distinct.get(id));
};

it('ID20 people of one name are told apart by the order in which they came', () => {
  expect(shown('Bea', 'Mara', 'Bea', 'Bea')).toEqual(['Bea', 'Mara', 'Bea (2)', 'Bea (3)']);
});

it('ID20 names are one when they differ in case or width alone, and each keeps its own spelling', () => {
  expect(shown('Bea', 'BEA', 'Ｂｅａ')).toEqual(['Bea', 'BEA (2)', 'Ｂｅａ (3)']);
});

it('ID20 a number that belongs to somebody’s own name is passed over', () => {
  expect(shown('Bea', 'Bea (2)', 'Bea')).toEqual(['Bea', 'Bea (2)', 'Bea (3)']);
});

it('ID20 two who joined in the same millisecond are told apart, whatever the order of the list', () => {
  const one = member(idOf<MemberId>('a'), 'Bea');
  const other = member(idOf<MemberId>('b'), 'Bea');
  expect(distinctNames([one, other])).toEqual(distinctNames([other, one]));
  expect(new Set(distinctNames([one, other]).values())).toEqual(new Set(['Bea', 'Bea (2)']));
});
