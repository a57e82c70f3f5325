import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPassage, comparePositions, passageText, quoteOf } from '#shared/anchoring/quote.ts';
import { PASSAGE_MAX_CHARS, QUOTE_CONTEXT_CHARS } from '#shared/protocol/limits.ts';
import type { Block } from '#shared/text/block.ts';

const blocksOf = (...texts: string[]): Block[] =>
  texts.map((text, index) => ({ id: `b${index + 1}`, type: 'paragraph', text, marks: [], quoteDepth: 0 }));
const at = (block: number, offset: number) => ({ block: `b${block}`, offset });
const check = (blocks: Block[], start: ReturnType<typeof at>, end: ReturnType<typeof at>) => {
  const checked = checkPassage(blocks, { start, end });
  return typeof checked === 'string' ? checked : 'ok';
};

describe('passages', () => {
  it('AC1 a quote is the words, blocks joined by a line break, with context on both sides', () => {
    const blocks = blocksOf('One two three.', '', 'Four five.');
    const passage = { start: at(1, 8), end: at(3, 4) };
    expect(quoteOf(blocks, passage)).toEqual({ exact: 'three.\n\nFour', prefix: 'One two ', suffix: ' five.' });
    expect(passageText(blocks, passage)).toBe('three.\n\nFour');
  });

  it('AC2 context is at most 32 units and reaches over block borders', () => {
    const blocks = blocksOf('a'.repeat(20), 'b'.repeat(20), 'mark', 'c'.repeat(20), 'd'.repeat(20));
    expect(quoteOf(blocks, { start: at(3, 0), end: at(3, 4) })).toEqual({
      exact: 'mark',
      prefix: `${'a'.repeat(10)}\n${'b'.repeat(20)}\n`,
      suffix: `\n${'c'.repeat(20)}\n${'d'.repeat(10)}`,
    });
  });

  it.each([
    ['emoji with a skin tone', 'x👋🏽y', [1, 5]],
    ['a family', 'x👩‍👩‍👧y', [1, 9]],
    ['a flag among flags', '🇫🇷🇩🇪', [4, 8]],
    ['a letter with combining marks', 'xa\u0301\u0323y', [1, 4]],
    ['Hangul of three letters', 'x\u1112\u1161\u11abg', [1, 4]],
    ['Devanagari with a virama', 'xक्षy', [1, 4]],
  ])('AC3 %s is marked whole or not at all', (_name, text, [start = 0, end = 0]) => {
    const blocks = blocksOf(text);
    expect(check(blocks, at(1, start), at(1, end))).toBe('ok');
    for (let inside = start + 1; inside < end; inside += 1) {
      expect(check(blocks, at(1, start), at(1, inside))).toBe('passage-invalid');
      expect(check(blocks, at(1, inside), at(1, end))).toBe('passage-invalid');
    }
  });

  it('AC4 right-to-left and unspaced scripts are marked by the same offsets', () => {
    const blocks = blocksOf('הים היה שקט.', '海很安静。');
    expect(quoteOf(blocks, { start: at(1, 8), end: at(2, 1) })).toEqual({
      exact: 'שקט.\n海',
      prefix: 'הים היה ',
      suffix: '很安静。',
    });
  });

  it('AC5 nothing, only white space, a backward or a foreign passage is refused', () => {
    const blocks = blocksOf('One  two', '   ', 'three');
    expect(check(blocks, at(1, 2), at(1, 2))).toBe('passage-invalid');
    expect(check(blocks, at(1, 3), at(1, 5))).toBe('passage-invalid');
    expect(check(blocks, at(1, 8), at(3, 0))).toBe('passage-invalid');
    expect(check(blocks, at(3, 0), at(1, 4))).toBe('passage-invalid');
    expect(check(blocks, at(1, 0), at(4, 1))).toBe('passage-invalid');
    expect(check(blocks, at(1, 0), at(3, 6))).toBe('passage-invalid');
    expect(check(blocks, at(1, 0), at(3, 5))).toBe('ok');
  });

  it('AC6 a passage of the greatest length is taken and one more unit is not', () => {
    const blocks = blocksOf('x'.repeat(PASSAGE_MAX_CHARS), 'y');
    expect(check(blocks, at(1, 0), at(1, PASSAGE_MAX_CHARS))).toBe('ok');
    expect(check(blocks, at(1, 0), at(2, 0))).toBe('passage-too-long');
    const many = blocksOf(...Array.from({ length: PASSAGE_MAX_CHARS + 2 }, () => ''), 'x');
    expect(check(many, at(1, 0), at(PASSAGE_MAX_CHARS + 3, 1))).toBe('passage-too-long');
  });

  it('AC7 positions are compared in reading order, by number and not by letter', () => {
    expect(comparePositions(at(2, 9), at(10, 0))).toBeLessThan(0);
    expect(comparePositions(at(2, 9), at(2, 1))).toBeGreaterThan(0);
    expect(comparePositions(at(2, 9), at(2, 9))).toBe(0);
  });

  it('AC8 any accepted passage: its quote stands in the text, and every cut is between graphemes', () => {
    const grapheme = constantFrom('a', ' ', 'é', '👋🏽', '🇫🇷', 'क्ष', '海', 'ש', '\u0301', '👩‍👩‍👧', '\u{10ffff}');
    const text = array(grapheme, { maxLength: 40 }).map((parts) => parts.join(''));
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const starts = (whole: string) =>
      new Set([whole.length, ...[...segmenter.segment(whole)].map(({ index }) => index)]);
    let accepted = 0;
    assert(
      property(array(text, { minLength: 1, maxLength: 5 }), nat(), nat(), nat(), nat(), (...given) => {
        const [texts, a, b, c, d] = given;
        const blocks = blocksOf(...texts);
        const place = (block: number, offset: number) => {
          const index = block % texts.length;
          return at(index + 1, offset % ((texts[index] ?? '').length + 1));
        };
        const passage = { start: place(a, b), end: place(c, d) };
        if (typeof checkPassage(blocks, passage) === 'string') return;
        accepted += 1;
        const { exact, prefix, suffix } = quoteOf(blocks, passage);
        const whole = texts.join('\n');
        const offsetOf = (position: { block: string; offset: number }) =>
          texts.slice(0, Number(position.block.slice(1)) - 1).join('\n').length +
          (position.block === 'b1' ? 0 : 1) +
          position.offset;
        const from = offsetOf(passage.start);
        expect(whole.slice(from, from + exact.length)).toBe(exact);
        expect(whole.slice(from - prefix.length, from)).toBe(prefix);
        expect(whole.startsWith(suffix, from + exact.length)).toBe(true);
        expect(Math.max(prefix.length, suffix.length)).toBeLessThanOrEqual(QUOTE_CONTEXT_CHARS);
        const boundaries = starts(whole);
        expect(boundaries.has(from - prefix.length)).toBe(true);
        expect(boundaries.has(from + exact.length + suffix.length)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
