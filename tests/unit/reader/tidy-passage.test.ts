import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapToGrapheme, tidyPassage } from '#components/reader/tidy-passage.ts';
import { checkPassage } from '#shared/anchoring/quote.ts';
import { blockIdSchema, type Block } from '#shared/text/block.ts';

const id = (number: number) => blockIdSchema.parse(`b${number}`);
const block = (number: number, text: string): Block => ({
  id: id(number),
  type: text === '' ? 'break' : 'paragraph',
  text,
  marks: [],
  quoteDepth: 0,
});
const blocks = [block(1, 'One two.'), block(2, ''), block(3, 'Three 👩‍👩‍👧 four.'), block(4, 'שלום עולם')];
const at = (number: number, offset: number) => ({ block: id(number), offset });

describe('a selection as people mean it', () => {
  it('RD2 white space around the words is left out', () => {
    expect(tidyPassage(blocks, at(1, 3), at(1, 8))).toEqual({ start: at(1, 4), end: at(1, 8) });
    expect(tidyPassage(blocks, at(1, 0), at(1, 4))).toEqual({ start: at(1, 0), end: at(1, 3) });
  });

  it('RD2 a triple click, which ends at the start of the next block, ends at the end of its own', () => {
    expect(tidyPassage(blocks, at(1, 0), at(3, 0))).toEqual({ start: at(1, 0), end: at(1, 8) });
  });

  it('RD2 a selection that starts at the end of a block starts in the next one with words', () => {
    expect(tidyPassage(blocks, at(1, 8), at(3, 5))).toEqual({ start: at(3, 0), end: at(3, 5) });
  });

  it('RD2 nothing but white space is no passage', () => {
    expect(tidyPassage(blocks, at(1, 3), at(1, 4))).toBeNull();
    expect(tidyPassage(blocks, at(1, 8), at(3, 0))).toBeNull();
  });

  it('RD2 no grapheme is cut: half an emoji takes the whole one', () => {
    expect(tidyPassage(blocks, at(3, 8), at(3, 9))).toEqual({ start: at(3, 6), end: at(3, 14) });
  });

  it('RD2 a passage across blocks keeps both ends', () => {
    expect(tidyPassage(blocks, at(1, 4), at(4, 4))).toEqual({ start: at(1, 4), end: at(4, 4) });
  });

  it('RD2 ends that stand the wrong way round are no passage', () => {
    expect(tidyPassage(blocks, at(3, 0), at(1, 8))).toBeNull();
  });

  it('RD2 whatever comes out can be marked', () => {
    const place = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 24 }));
    const holds = fc.check(
      fc.property(place, place, ([a, from], [b, to]) => {
        const length = (number: number) => blocks[number - 1]?.text.length ?? 0;
        const passage = tidyPassage(blocks, at(a, Math.min(from, length(a))), at(b, Math.min(to, length(b))));
        return passage === null || checkPassage(blocks, passage) === passage;
      }),
    );
    expect(fc.defaultReportMessage(holds)).toBeUndefined();
  });

  it('RD2 borders between graphemes stay where they are', () => {
    expect(snapToGrapheme('a👩‍👩‍👧b', 1, 'end')).toBe(1);
    expect(snapToGrapheme('a👩‍👩‍👧b', 9, 'start')).toBe(9);
    expect(snapToGrapheme('e\u0301x', 1, 'start')).toBe(0);
    expect(snapToGrapheme('e\u0301x', 1, 'end')).toBe(2);
  });
});
