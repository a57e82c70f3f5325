import { describe, expect, it } from 'vitest';
import { type Group, groupBlocks, runsOf } from '#components/reader/block-groups.ts';
import { blockIdSchema, type Block } from '#shared/text/block.ts';

const paragraph = (number: number, quoteDepth = 0): Block => ({
  id: blockIdSchema.parse(`b${number}`),
  type: 'paragraph',
  text: 'words',
  marks: [],
  quoteDepth,
});
const item = (number: number, depth: number, ordinal: number | null = null): Block => ({
  ...paragraph(number),
  type: 'listItem',
  depth,
  ordinal,
});

/** The tree in one line: `b1 "b2" (b3 (b4))`, numbered lists in square brackets. */
function drawn(groups: readonly Group[]): string {
  return groups
    .map((group) => {
      if (group.type === 'block') return group.block.id;
      if (group.type === 'quote') return `"${drawn(group.children)}"`;
      const items = group.items.map(({ block, children }) => [block.id, drawn(children)].filter(Boolean).join(' '));
      return group.ordered ? `[${items.join(' ')}]` : `(${items.join(' ')})`;
    })
    .join(' ');
}

describe('blocks as they nest', () => {
  it('RD4 quotations hold what is quoted, and quotations in them', () => {
    expect(drawn(groupBlocks([paragraph(1), paragraph(2, 1), paragraph(3, 2), paragraph(4, 1), paragraph(5)]))).toBe(
      'b1 "b2 "b3" b4" b5',
    );
  });

  it('RD4 list items become lists, nested by their depth', () => {
    expect(drawn(groupBlocks([item(1, 0), item(2, 1), item(3, 1), item(4, 0), paragraph(5)]))).toBe(
      '(b1 (b2 b3) b4) b5',
    );
  });

  it('RD4 numbers and bullets are two lists', () => {
    expect(drawn(groupBlocks([item(1, 0, 1), item(2, 0, 2), item(3, 0)]))).toBe('[b1 b2] (b3)');
  });

  it('RD4 a level that is skipped costs no block', () => {
    expect(drawn(groupBlocks([item(1, 2), item(2, 0), item(3, 3)]))).toBe('(b1 b2 (b3))');
  });
});

const many = (count: number, other?: (number: number) => Block | null) =>
  groupBlocks(Array.from({ length: count }, (_, index) => other?.(index + 1) ?? paragraph(index + 1)));

describe('runs of a long chapter', () => {
  it('RD80 a chapter that is not long has none', () => {
    expect(runsOf(many(199))).toBeNull();
    expect(runsOf(many(200))).not.toBeNull();
  });

  it('RD80 give back the text in order, and end between two plain paragraphs alone', () => {
    const groups = many(1_000, (number) => (number % 20 < 3 ? item(number, 0) : null));
    const runs = runsOf(groups) ?? [];
    expect(runs.flat()).toEqual(groups);
    expect(runs.length).toBeGreaterThan(10);
    for (const [index, run] of runs.slice(1).entries()) {
      const ends = [runs[index]?.at(-1), run[0]];
      expect(ends.map((group) => group?.type === 'block' && group.block.type)).toEqual(['paragraph', 'paragraph']);
    }
  });

  it('RD80 a text without two paragraphs in a row is one run', () => {
    expect(
      runsOf(many(500, (number) => (number % 2 === 0 ? { ...paragraph(number), type: 'verse' } : null))),
    ).toHaveLength(1);
  });
});
