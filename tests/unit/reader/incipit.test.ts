import { describe, expect, it } from 'vitest';
import { incipitEnd } from '#components/reader/incipit.ts';

const rest = ', and so it went on for as long as the light held and then for a good while after that as well.';
const opening = (text: string): string => text.slice(0, incipitEnd(text));

describe('the words that open a chapter', () => {
  it('RD7 are its first clause when that is short', () => {
    expect(opening(`The lock-keeper counted${rest}`)).toBe('The lock-keeper counted');
  });

  it('RD7 end at a word when the clause is long', () => {
    expect(opening(`The lock-keeper counted the boats again and again until noon${rest}`)).toBe(
      'The lock-keeper counted the boats',
    );
  });

  it('RD7 are none in dialogue, in short paragraphs, in scripts without capitals', () => {
    expect(opening(`“You’re sure?” asked Ilse${rest}`)).toBe('');
    expect(opening('The lock-keeper counted.')).toBe('');
    expect(opening('그는 배를 다시 세었다. '.repeat(12))).toBe('');
    expect(opening(`Yes${rest}`)).toBe('');
  });
});
