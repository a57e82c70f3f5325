import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGraphemeBoundary } from '#shared/text/graphemes.ts';
import { findWords, findWordsInPieces, foldQuery } from '#shared/text/find-words.ts';
import { foldText } from '#shared/text/fold.ts';

const finds = (text: string, query: string) =>
  findWords(text, foldQuery(query)).map(({ start, end }) => text.slice(start, end));

describe('words found in a text', () => {
  it.each([
    ['Ein Café, zwei CAFÉS', 'cafe', ['Café', 'CAFÉ']],
    ['Die Straße, die STRASSE', 'strasse', ['Straße', 'STRASSE']],
    ['Die Strasse', 'Straße', ['Strasse']],
    ['ΟΔΟΣ, οδός', 'οδος', ['ΟΔΟΣ', 'οδός']],
    ['Øre, Łódź, Dvořák, œuvre', 'lodz', ['Łódź']],
    ['ﬁn de siècle', 'fin de siecle', ['ﬁn de siècle']],
  ])('RD70 without case and accents: %s', (text, query, found) => {
    expect(finds(text, query)).toEqual(found);
  });

  it.each([
    ['ışık IŞIK İstanbul', 'ışık', ['ışık', 'IŞIK']],
    ['ışık IŞIK İstanbul', 'istanbul', ['İstanbul']],
    ['DIŞI dişi', 'dişi', ['DIŞI', 'dişi']],
  ])('RD70 dotted and dotless i are one, whatever the language: %s', (text, query, found) => {
    expect(finds(text, query)).toEqual(found);
  });

  it.each([
    ['“Don’t,” she said — twice…', '"don\'t," she said - twice...', ['“Don’t,” she said — twice…']],
    ['«Да»', '"да"', ['«Да»']],
    ['one\u00A0 two\nthree', 'one two three', ['one\u00A0 two\nthree']],
    ['co\u00ADop\u200Berate', 'cooperate', ['co\u00ADop\u200Berate']],
  ])('RD70 signs and spaces of another make are alike: %s', (text, query, found) => {
    expect(finds(text, query)).toEqual(found);
  });

  it.each([
    ['בְּרֵאשִׁית בָּרָא', 'בראשית', ['בְּרֵאשִׁית']],
    ['كِتَابٌ مُحَمَّد', 'كتاب', ['كِتَابٌ']],
    ['كـتـاب', 'كتاب', ['كـتـاب']],
  ])('RD70 Hebrew and Arabic marks may be left out: %s', (text, query, found) => {
    expect(finds(text, query)).toEqual(found);
  });

  it('RD71 scripts without word borders are found anywhere', () => {
    expect(finds('祇園精舎の鐘の声', '鐘の')).toEqual(['鐘の']);
    expect(finds('ประเทศไทย', 'เทศ')).toEqual(['เทศ']);
  });

  it('RD71 what makes another letter is no accent', () => {
    expect(finds('かが ガカ', 'か')).toEqual(['か']);
    expect(finds('мой мои', 'мои')).toEqual(['мои']);
    expect(finds('각 가', '가')).toEqual(['가']);
    expect(finds('ป่า ปา', 'ปา')).toEqual(['ปา']);
  });

  it('RD71 a grapheme is found whole or not at all', () => {
    expect(finds('👩‍👩‍👧 and 👩', '👩')).toEqual(['👩']);
    expect(finds('👍🏽 👍', '👍')).toEqual(['👍']);
    expect(finds('की क', 'क')).toEqual(['क']);
    expect(finds('Maß', 's')).toEqual([]);
    expect(finds('e\u030Ba', 'e')).toEqual(['e\u030B']);
  });

  it('RD70 nothing finds nothing', () => {
    expect(finds('words', '  ')).toEqual([]);
    expect(finds('words', '\u0301')).toEqual([]);
    expect(finds('', 'words')).toEqual([]);
  });

  const letters = 'aAäÄßsSıIİiée\u0301 \u00A0\n“"’\'-—…שׁשبَبがか\u3099가각й👩\u200D👧🏽ﬁøक\u093Fา่';
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from(letters)), maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  it('RD70 whatever is found folds to what was looked for, in order and never over one another (property)', () => {
    let hits = 0;
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(5), (words, from, length) => {
        const query = foldQuery(words.slice(from, from + 1 + length));
        let last = 0;
        for (const { start, end } of findWords(words, query)) {
          hits += 1;
          expect(foldText(words.slice(start, end)).folded).toBe(query);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(isGraphemeBoundary(words, start) && isGraphemeBoundary(words, end)).toBe(true);
          last = end;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(hits).toBeGreaterThan(100);
  });

  it('RD70 a folded text is folded, and its units come from the text in order (property)', () => {
    fc.assert(
      fc.property(text, (words) => {
        const { folded, starts } = foldText(words);
        expect(foldText(folded).folded).toBe(folded);
        expect(starts).toHaveLength(folded.length + 1);
        expect(starts.at(-1)).toBe(words.length);
        expect([...starts].sort((a, b) => a - b)).toEqual(starts);
      }),
      { numRuns: 2_000 },
    );
  });

  it('RD70 a text searched in pieces gives what it gives in one go (property)', () => {
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(3), fc.integer({ min: 1, max: 20 }), (words, from, length, piece) => {
        const query = foldQuery(words.slice(from, from + 1 + length));
        expect([...findWordsInPieces(words, query, piece)].flat()).toEqual(findWords(words, query));
      }),
      { numRuns: 2_000 },
    );
  });
});
