import { describe, expect, it } from 'vitest';
import { type BlockHighlights, highlightsByBlock, type HighlightSource } from '#components/reader/block-highlights.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { type AnnotationId, type ChapterId, type MemberId, newId } from '#shared/records/ids.ts';
import { blockIdSchema, type Block } from '#shared/text/block.ts';

const id = (number: number) => blockIdSchema.parse(`b${number}`);
const blocks: Block[] = ['First words.', '', 'Second words.'].map((text, index) => ({
  id: id(index + 1),
  type: text === '' ? 'break' : 'paragraph',
  text,
  marks: [],
  quoteDepth: 0,
}));
const indexOf = new Map(blocks.map((block, index) => [block.id, index]));
const me = newId<MemberId>();
const chapter = newId<ChapterId>();

const annotation = (from: [number, number], to: [number, number], change: Partial<Annotation> = {}): Annotation => ({
  id: newId<AnnotationId>(),
  chapter,
  author: newId<MemberId>(),
  colour: 'saffron',
  anchor: {
    start: { block: id(from[0]), offset: from[1] },
    end: { block: id(to[0]), offset: to[1] },
    hash: '',
    quote: { exact: '', prefix: '', suffix: '' },
  },
  body: '',
  visibility: 'room',
  createdAt: 1,
  editedAt: null,
  deleted: false,
  hidden: false,
  ...change,
});
const source = (annotations: Annotation[], change: Partial<HighlightSource> = {}): HighlightSource => ({
  annotations: new Map(annotations.map((one) => [one.id, one])),
  me,
  marks: 'all',
  isWet: () => false,
  isArriving: () => false,
  ...change,
});
const none: BlockHighlights = new Map();
const after = (before: BlockHighlights, given: HighlightSource) => highlightsByBlock(before, blocks, indexOf, given);

describe('marks by block', () => {
  it('RD5 a passage across blocks has its part in each block with words', () => {
    const shown = after(none, source([annotation([1, 6], [3, 6])]));
    expect([...shown].map(([block, list]) => [block, list.map(({ start, end }) => [start, end])])).toEqual([
      ['b1', [[6, 12]]],
      ['b3', [[0, 6]]],
    ]);
  });

  it('RD5 a block whose marks did not change keeps its list, one whose marks did gets another', () => {
    const [one, two] = [annotation([1, 0], [1, 5]), annotation([3, 0], [3, 6])];
    const before = after(none, source([one, two]));
    const next = after(before, source([one, { ...two, colour: 'woad' }]));
    expect(next.get(id(1))).toBe(before.get(id(1)));
    expect(next.get(id(3))).not.toBe(before.get(id(3)));
  });

  it('RD5 a comment that changes only its words changes no block', () => {
    const one = annotation([1, 0], [1, 5]);
    const before = after(none, source([one]));
    expect(after(before, source([{ ...one, body: 'a note' }])).get(id(1))).toBe(before.get(id(1)));
  });

  it('RD5 ink that has dried is another list than wet ink', () => {
    const one = annotation([1, 0], [1, 5], { author: me });
    const wet = after(none, source([one], { isWet: () => true }));
    const dry = after(wet, source([one]));
    expect([wet.get(id(1))?.[0]?.wet, dry.get(id(1))?.[0]?.wet]).toEqual([true, false]);
  });

  it('RD5 deleted and hidden marks, and chapter-wide notes, do not show', () => {
    const gone = [{ deleted: true }, { hidden: true }, { anchor: null }].map((change) =>
      annotation([1, 0], [1, 5], change),
    );
    expect(after(none, source(gone)).size).toBe(0);
  });

  it('RD5 the reader chooses whose marks show: all, their own, none', () => {
    const all = [annotation([1, 0], [1, 5]), annotation([1, 0], [1, 5], { author: me })];
    const count = (marks: HighlightSource['marks']) => after(none, source(all, { marks })).get(id(1))?.length ?? 0;
    expect([count('all'), count('mine'), count('none')]).toEqual([2, 1, 0]);
  });

  it('RD5 an anchor into blocks that are not there shows nothing and harms nothing', () => {
    expect(after(none, source([annotation([7, 0], [9, 1])])).size).toBe(0);
  });
});
