import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { checkPassage, passageText, quoteOf } from '#shared/anchoring/quote.ts';
import { cfiOf, passageOfCfi } from '#shared/anchoring/selectors/epub-cfi.ts';
import { MeasuredText } from '#shared/anchoring/selectors/measured-text.ts';
import {
  cssOf,
  cssRangeSchema,
  cssSchema,
  passageOfCss,
  passageOfQuote,
  passageOfTextPosition,
  positionOfProgression,
  progressionOf,
  textPositionOf,
  textPositionSchema,
  textQuoteOf,
} from '#shared/anchoring/selectors/selectors.ts';
import type { Block } from '#shared/text/block.ts';

const blocksOf = (...texts: string[]): Block[] =>
  texts.map((text, index) => ({
    id: `b${index + 1}`,
    type: 'paragraph',
    text,
    marks: [],
    quoteDepth: 0,
    source: {
      href: 'text/ch03.xhtml',
      itemref: '/6/8[ch03]',
      path: `/4[body]/${(index + 1) * 2}${index % 2 === 0 ? `[p${index}]` : ''}`,
    },
  }));
const grapheme = constantFrom(
  'a',
  'b',
  'c',
  ' ',
  'é',
  '👋🏽',
  '🇫🇷',
  'क्ष',
  '海',
  'の',
  'ที่',
  'ש',
  'م',
  'e\u0301',
  '👩‍👩‍👧',
  '\u{10ffff}',
);
const texts = array(
  array(grapheme, { maxLength: 30 }).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 6 },
);

/** Runs a check on passages of random text in many scripts, and makes sure that it ran on some. */
function onPassages(check: (blocks: Block[], text: MeasuredText, passage: Passage) => void): void {
  let checked = 0;
  assert(
    property(texts, nat(), nat(), nat(), nat(), (given, a, b, c, d) => {
      const blocks = blocksOf(...given);
      const at = (index: number, offset: number) => {
        const block = blocks[index % blocks.length];
        return { block: block?.id ?? 'b1', offset: offset % ((block?.text.length ?? 0) + 1) };
      };
      const passage = { start: at(a, b), end: at(c, d) };
      if (typeof checkPassage(blocks, passage) === 'string') return;
      checked += 1;
      check(blocks, new MeasuredText(blocks), passage);
    }),
    { numRuns: 2_000 },
  );
  expect(checked).toBeGreaterThan(200);
}

describe('selectors', () => {
  it('AC30 a text position counts code points over the chapter, and leads back to the same words (property test)', () => {
    onPassages((blocks, text, passage) => {
      const selector = textPositionSchema.parse(textPositionOf(text, passage));
      const whole = Array.from(blocks.map((block) => block.text).join('\n'));
      expect(whole.slice(selector.start, selector.end).join('')).toBe(passageText(blocks, passage));
      const back = passageOfTextPosition(text, selector);
      expect(back && passageText(blocks, back)).toBe(passageText(blocks, passage));
    });
  });

  it('AC31 a CSS selector names the block and refines it by code points, and leads back to the very passage (property test)', () => {
    onPassages((_blocks, text, passage) => {
      const selector = cssOf(text, passage);
      const parsed = selector?.type === 'CssSelector' ? cssSchema.parse(selector) : cssRangeSchema.parse(selector);
      expect(passageOfCss(text, parsed)).toEqual(passage);
    });
  });

  it('AC32 an EPUB CFI leads through the block’s element to the very passage (property test)', () => {
    onPassages((blocks, _text, passage) => {
      const cfi = cfiOf(blocks, passage) ?? '';
      expect(cfi).toMatch(/^epubcfi\(\/6\/8\[ch03\]!\/4\[body\]/u);
      expect(passageOfCfi(blocks, cfi)).toEqual(passage);
    });
  });

  it('AC32 a CFI is written as other reading systems do', () => {
    const blocks = blocksOf('The quick brown fox', 'jumped over it.');
    const within = { start: { block: 'b1', offset: 4 }, end: { block: 'b1', offset: 19 } };
    expect(cfiOf(blocks, within)).toBe('epubcfi(/6/8[ch03]!/4[body]/2[p0],/1:4,/1:19)');
    const over = { start: { block: 'b1', offset: 4 }, end: { block: 'b2', offset: 6 } };
    expect(cfiOf(blocks, over)).toBe('epubcfi(/6/8[ch03]!/4[body],/2[p0]/1:4,/4/1:6)');
    const elsewhere = blocks.map((block, index) =>
      index === 0 ? block : { ...block, source: { href: 'b.xhtml', path: '/4', itemref: '/6/10' } },
    );
    expect(cfiOf(elsewhere, over)).toBeNull();
    const unplaced = blocks.map((block) => ({ ...block, source: { href: 'text/ch03.xhtml', path: '/4' } }));
    expect(cfiOf(unplaced, over)).toBeNull();
    expect(passageOfCfi(blocks, 'epubcfi(/6/8!/4[other]/2,/1:4,/1:19)')).toEqual(within);
    const source = { href: 'a.xhtml', itemref: '/6/2', path: '/4/2[a^,b^]^^]' };
    const odd = blocks.map((block) => ({ ...block, source }));
    expect(passageOfCfi(odd, cfiOf(odd, within) ?? '')).toEqual(within);
    const plain = blocks.map(({ source: _source, ...block }) => block);
    expect(cfiOf(plain, over)).toBeNull();
  });

  it('AC33 progression leads back to where the passage begins (property test)', () => {
    onPassages((_blocks, text, { start }) => {
      const progression = progressionOf(text, start) ?? Number.NaN;
      expect(progression).toBeGreaterThanOrEqual(0);
      expect(progression).toBeLessThanOrEqual(1);
      const back = positionOfProgression(text, progression);
      expect(back && text.pointOf(back)).toEqual(text.pointOf(start));
    });
  });

  it('AC34 a text quote leads back to the same words or, where it cannot be told, to none (property test)', () => {
    let found = 0;
    onPassages((blocks, text, passage) => {
      const quote = quoteOf(blocks, passage);
      const back = passageOfQuote(text, textQuoteOf({ quote }));
      if (back !== null) found += 1;
      const words = back === null ? quote.exact : passageText(blocks, back);
      expect(words.replace(/\s+/gu, ' ').trim()).toBe(quote.exact.replace(/\s+/gu, ' ').trim());
    });
    expect(found).toBeGreaterThan(50);
  });

  it('AC35 what selects nothing in this text is told so, whatever a stranger wrote', () => {
    const blocks = blocksOf('The quick brown fox', 'jumped over it.');
    const text = new MeasuredText(blocks);
    const position = { type: 'TextPositionSelector', start: 5, end: 900 } as const;
    expect(passageOfTextPosition(text, position)).toBeNull();
    expect(passageOfTextPosition(text, { ...position, start: 9, end: 9 })).toBeNull();
    expect(passageOfCss(text, { type: 'CssSelector', value: '#b9', refinedBy: { ...position, end: 7 } })).toBeNull();
    expect(
      passageOfCss(text, { type: 'CssSelector', value: 'p:has(*)', refinedBy: { ...position, end: 7 } }),
    ).toBeNull();
    for (const cfi of ['', 'epubcfi(/6/8!/4', 'epubcfi(/6/10!/4,/2/1:0,/2/1:3)', 'epubcfi(/6/8!/4,/2/1:9,/2/1:3)']) {
      expect(passageOfCfi(blocks, cfi)).toBeNull();
    }
    expect(positionOfProgression(text, 1.5)).toBeNull();
    expect(
      passageOfQuote(text, { type: 'TextQuoteSelector', exact: 'nothing like it', prefix: '', suffix: '' }),
    ).toBeNull();
  });
});
