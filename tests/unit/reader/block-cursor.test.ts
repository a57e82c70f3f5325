import { describe, expect, it } from 'vitest';
import { sentencePassage, stretched, wholeBlock } from '#components/reader/block-cursor.ts';
import { passageText } from '#shared/anchoring/quote.ts';
import { blockIdSchema, type Block } from '#shared/text/block.ts';

const block = (number: number, text: string): Block => ({
  id: blockIdSchema.parse(`b${number}`),
  type: text === '' ? 'break' : 'paragraph',
  text,
  marks: [],
  quoteDepth: 0,
});
const first = block(1, 'The lamp was lit. Nobody came. Then, at ten, a knock.');
const blocks = [first, block(2, ''), block(3, 'It was the wind.')];
const words = (passage: Parameters<typeof passageText>[1] | null) =>
  passage === null ? null : passageText(blocks, passage);
const sentence = sentencePassage(first, 20, 'en');

describe('selecting by keys', () => {
  it('RD6 the sentence at the cursor is selected', () => {
    expect(words(sentence)).toBe('Nobody came.');
  });

  it('RD6 it grows and shrinks by words, full stops included', () => {
    if (sentence === null) throw new Error('no sentence');
    const more = stretched(blocks, sentence, 'word', 'on', 'en');
    expect(words(more)).toBe('Nobody came. Then,');
    expect(words(stretched(blocks, more, 'word', 'back', 'en'))).toBe('Nobody came.');
    expect(words(stretched(blocks, sentence, 'word', 'back', 'en'))).toBe('Nobody');
  });

  it('RD6 it grows and shrinks by sentences, over scene breaks into the next block', () => {
    if (sentence === null) throw new Error('no sentence');
    const two = stretched(blocks, sentence, 'sentence', 'on', 'en');
    expect(words(two)).toBe('Nobody came. Then, at ten, a knock.');
    const over = stretched(blocks, two, 'sentence', 'on', 'en');
    expect(words(over)).toBe('Nobody came. Then, at ten, a knock.\n\nIt was the wind.');
    expect(stretched(blocks, over, 'sentence', 'back', 'en')).toEqual(two);
  });

  it('RD6 it never shrinks to nothing, and ends with the chapter', () => {
    const word = stretched(
      blocks,
      { start: { block: first.id, offset: 0 }, end: { block: first.id, offset: 3 } },
      'word',
      'back',
      'en',
    );
    expect(words(word)).toBe('The');
    const last = wholeBlock(blocks[2] as Block);
    if (last === null) throw new Error('no words');
    expect(stretched(blocks, last, 'word', 'on', 'en')).toEqual(last);
  });

  it('RD6 scripts without spaces go by words too', () => {
    const chinese = [block(1, '我喜欢读书。')];
    const start = {
      start: { block: chinese[0]?.id ?? 'b1', offset: 0 },
      end: { block: chinese[0]?.id ?? 'b1', offset: 1 },
    };
    expect(passageText(chinese, stretched(chinese, start, 'word', 'on', 'zh'))).toBe('我喜欢');
  });

  it('RD6 a scene break cannot be selected', () => {
    expect(wholeBlock(block(9, ''))).toBeNull();
  });
});
