import { describe, expect, it } from 'vitest';
import { defaultLook, type Look, parseLook, serialiseLook } from '#shared/records/look.ts';

const cookie = (said: unknown): string => encodeURIComponent(JSON.stringify(said));

describe('the look cookie', () => {
  it('RD43 what was chosen is read as it was written', () => {
    const chosen: Look = {
      theme: 'contrast-dark',
      face: 'legible',
      size: -3,
      leading: 'open',
      measure: 'wide',
      align: 'justify',
      paragraphs: 'space',
      marks: 'none',
      letterKeys: false,
    };
    expect(parseLook(serialiseLook(chosen))).toEqual(chosen);
  });

  it('RD43 what is not understood falls back to its default, field by field', () => {
    const said = { theme: 'sepia', face: '<b>', size: 9, leading: ['open'], letterKeys: 'false', more: 1 };
    expect(parseLook(cookie(said))).toEqual({ ...defaultLook, theme: 'sepia' });
    expect(parseLook(cookie({ size: 1.5, marks: 'mine' }))).toEqual({ ...defaultLook, marks: 'mine' });
  });

  it('RD43 what is no look at all is the default', () => {
    const others = [undefined, '', '%', '{', cookie(null), cookie('sepia'), cookie([]), cookie({ __proto__: null })];
    for (const other of others) expect(parseLook(other)).toEqual(defaultLook);
  });
});
