import { describe, expect, it } from 'vitest';
import { sayMinutes } from '#shared/text/words.ts';

describe('how long reading takes', () => {
  it.each([
    [0, '1 min'],
    [0.4, '1 min'],
    [41.2, '41 min'],
    [59.4, '59 min'],
    [60, '1 h'],
    [62, '1 h'],
    [441, '7 h 20 min'],
    [718, '12 h'],
  ])('RD53 %d minutes are said as people say them', (minutes, words) => {
    expect(sayMinutes(minutes)).toBe(words);
  });
});
