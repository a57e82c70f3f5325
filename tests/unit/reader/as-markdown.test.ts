import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asMarkdown } from '#components/reader/as-markdown.ts';
import type { Block, Mark } from '#shared/text/block.ts';
import { hashBlocks, withIds } from '#server/importers/measure-chapter.ts';
import { readBook } from '#server/importers/read-book.ts';

const paragraph = (text: string, marks: Mark[] = []): Block => ({
  id: 'b1',
  type: 'paragraph',
  text,
  marks,
  quoteDepth: 0,
});
const numbered = (blocks: Block[]): Block[] => blocks.map((block, index) => ({ ...block, id: `b${index + 1}` }));

async function readAgain(blocks: Block[]): Promise<Block[]> {
  const outcome = await readBook(new TextEncoder().encode(asMarkdown(blocks) ?? ''), 'markdown', () => undefined);
  return outcome.ok ? withIds(outcome.book.chapters.flatMap((chapter) => chapter.blocks)) : [];
}

describe('a chapter to be mended by hand', () => {
  it('RV25 is offered as Markdown that reads back as the very same text', async () => {
    const blocks = numbered([
      paragraph('He counted *eleven* boats, [sic] & a_half; 3 < 4.'),
      { ...paragraph(''), type: 'break' },
      paragraph('1984. That was the year.'),
      paragraph('- she said, - no. # Not a heading'),
      paragraph('# Nor this'),
      paragraph('“It is so,” he said.', [{ type: 'emphasis', start: 7, end: 9 }]),
    ]);
    expect(hashBlocks(await readAgain(blocks))).toBe(hashBlocks(blocks));
  });

  it('RV25 is so for any words (property test)', async () => {
    const word = constantFrom(
      'boat',
      'ש',
      '海',
      '👩‍👩‍👧',
      '*',
      '_so_',
      '`',
      '#',
      '-',
      '+',
      '1.',
      '2)',
      '>',
      '<b>',
      '&amp;',
      '|',
      '~~',
      '[x]',
      '\\',
      '=',
      '!',
    );
    const line = array(word, { minLength: 1, maxLength: 8 }).map((words) => `Word ${words.join(' ')}`);
    const odd = array(word, { minLength: 1, maxLength: 8 }).map((words) => `${words.join(' ')} end`);
    await assert(
      asyncProperty(array(line, { minLength: 1, maxLength: 3 }), odd, async (lines, last) => {
        const blocks = numbered([...lines, last].map((text) => paragraph(text)));
        const again = await readAgain(blocks);
        expect(again.map(({ text }) => text)).toEqual(blocks.map(({ text }) => text));
      }),
      { numRuns: 300 },
    );
  });

  it('RV25 is not offered where it would lose something', () => {
    expect(asMarkdown([{ ...paragraph('Roses'), type: 'verse' }])).toBeNull();
    expect(asMarkdown([{ ...paragraph('Said'), quoteDepth: 1 }])).toBeNull();
    expect(
      asMarkdown([paragraph('a link', [{ type: 'link', start: 0, end: 1, href: 'https://example.org/' }])]),
    ).toBeNull();
    const overlapping: Mark[] = [
      { type: 'emphasis', start: 0, end: 3 },
      { type: 'strong', start: 2, end: 5 },
    ];
    expect(asMarkdown([paragraph('words', overlapping)])).toBeNull();
  });
});
