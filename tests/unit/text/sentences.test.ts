import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceAt, sentencesOf } from '#shared/text/sentences.ts';
import { countWords, readingMinutes } from '#shared/text/words.ts';

const cut = (text: string, language = 'en') =>
  sentencesOf(text, language).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each([
    ['en', ['“Stop.” he said.', 'Then he went.']],
    ['en', ['"Stop!" she said.', '"Go!"', 'Mr. Ash met Dr. Reed.', 'J. R. Moss was late.']],
    ['en', ['He left... and she stayed.', 'Was it I?', 'He said no.', 'Then it rained.']],
    ['en', ['Wait ... what?', '“No”— said she.']],
    ['de', ['„Halt!“ sagte er.', 'Er ging z.B. nach Köln.']],
    ['fr', ['« Non ! »', 'Il partit.', '« Oui ! » dit-elle.']],
    ['ru', ['Он сказал: «Стой!» — и ушёл.', 'Да.']],
    ['ja', ['「だめ。」と彼は言った。', 'そして行った。']],
    ['ar', ['هل جاء؟', 'نعم جاء.']],
  ])('RD51 %s: %j', (language, sentences) => {
    expect(cut(sentences.join(language === 'ja' ? '' : ' '), language)).toEqual(sentences);
  });

  it('RD51 a line of verse ends its sentence', () => {
    expect(cut('the lamp burns low\nthe oil is gone')).toEqual(['the lamp burns low', 'the oil is gone']);
  });

  it('RD51 the sentence at an offset is the one that holds it, or the one before', () => {
    const text = 'One here. Two there.';
    expect(sentenceAt(text, 0, 'en')).toEqual({ start: 0, end: 9 });
    expect(sentenceAt(text, 9, 'en')).toEqual({ start: 0, end: 9 });
    expect(sentenceAt(text, 12, 'en')).toEqual({ start: 10, end: 20 });
    expect(sentenceAt(text, 999, 'en')).toEqual({ start: 10, end: 20 });
    expect(sentenceAt('  ', 1, 'en')).toBeNull();
  });

  it('RD51 sentences cover every text but its white space, in order, whatever the language says', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('A', 'b', '.', '!', '"', '”', '»', ' ', '\n', '…', '—', 'Mr', '「', '」', '。', '😀'),
        }),
        fc.constantFrom('en', 'und', 'nonsense tag', 'ja'),
        (text, language) => {
          let before = 0;
          for (const { start, end } of sentencesOf(text, language)) {
            expect(text.slice(before, start).trim()).toBe('');
            expect(end).toBeGreaterThan(start);
            expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
            before = end;
          }
          expect(text.slice(before).trim()).toBe('');
        },
      ),
    );
  });
});

describe('words', () => {
  it('RD52 words are counted as readers count them', () => {
    expect(countWords("Don't stop — 3.5 l’homme 😀!", 'en')).toBe(4);
    expect(countWords('你好，世界 hello', 'zh')).toBe(5);
    expect(countWords('彼は行った', 'ja-JP')).toBe(5);
    expect(countWords('', 'und')).toBe(0);
  });

  it('RD52 minutes go by words, or by characters where those are counted', () => {
    expect(readingMinutes(480, 'en')).toBe(2);
    expect(readingMinutes(600, 'zh-Hant')).toBe(2);
  });
});
