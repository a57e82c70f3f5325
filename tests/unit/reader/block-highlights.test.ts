import { describe, expect, it } from 'vitest';
import { HighlightsByBlock, type HighlightSource } from '#components/reader/block-highlights.ts';
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
  synced: false,
  isWet: () => false,
  ...change,
});
/** The marks after these states of the margin, one after the other, and which blocks the last of them changed. */
function after(...sources: HighlightSource[]) {
  const highlights = new HighlightsByBlock(blocks);
  const changed = sources.map((one) => highlights.update(one)).at(-1) ?? new Set();
  return { highlights, changed: [...changed] };
}

describe('marks by block', () => {
  it('RD5 a passage across blocks has its part in each block with words', () => {
    const one = annotation([1, 6], [3, 6]);
    const { highlights, changed } = after(source([one]));
    expect(changed.map((block) => [block, highlights.of(block).map(({ start, end }) => [start, end])])).toEqual([
      ['b1', [[6, 12]]],
      ['b3', [[0, 6]]],
    ]);
    expect(highlights.blocksOf(one.id)).toEqual(['b1', 'b2', 'b3']);
  });

  it('RD5 a block whose marks did not change keeps its list, one whose marks did gets another', () => {
    const [one, two] = [annotation([1, 0], [1, 5]), annotation([3, 0], [3, 6])];
    const { highlights } = after(source([one, two]));
    const before = [1, 3].map((number) => highlights.of(id(number)));
    expect([...highlights.update(source([one, { ...two, colour: 'woad' }]))]).toEqual(['b3']);
    expect(highlights.of(id(1))).toBe(before[0]);
    expect(highlights.of(id(3))).not.toBe(before[1]);
  });

  it('RD5 a comment that changes only its words changes no block', () => {
    const one = annotation([1, 0], [1, 5]);
    expect(after(source([one]), source([{ ...one, body: 'a note' }])).changed).toEqual([]);
  });

  it('RD5 ink that has dried is another list than wet ink', () => {
    const one = annotation([1, 0], [1, 5], { author: me });
    const { highlights } = after(source([one], { isWet: () => true }));
    expect(highlights.of(id(1))[0]?.wet).toBe(true);
    expect([...highlights.update(source([one]))]).toEqual(['b1']);
    expect(highlights.of(id(1))[0]?.wet).toBe(false);
  });

  it('RD5 deleted and hidden marks, and chapter-wide notes, do not show', () => {
    const gone = [{ deleted: true }, { hidden: true }, { anchor: null }].map((change) =>
      annotation([1, 0], [1, 5], change),
    );
    expect(after(source(gone)).changed).toEqual([]);
  });

  it('RD5 a mark that was moved, taken back or removed leaves the blocks that it was in', () => {
    const one = annotation([1, 0], [3, 6]);
    const two = annotation([1, 0], [1, 5]);
    const shown = (now: Annotation[]) => {
      const { highlights, changed } = after(source([one, two]), source(now));
      return [changed, highlights.of(id(1)).map((mark) => mark.id), highlights.of(id(3)).map((mark) => mark.id)];
    };
    expect(shown([{ ...one, anchor: annotation([3, 0], [3, 6]).anchor }, two])).toEqual([['b1'], [two.id], [one.id]]);
    expect(shown([{ ...one, deleted: true }, two])).toEqual([['b1', 'b3'], [two.id], []]);
    expect(shown([two])).toEqual([['b1', 'b3'], [two.id], []]);
  });

  it('RD5 the reader chooses whose marks show: all, their own, none, and all again', () => {
    const all = [annotation([1, 0], [1, 5]), annotation([1, 0], [1, 5], { author: me })];
    const { highlights } = after();
    const counts = (['all', 'mine', 'none', 'all'] as const).map((marks) => {
      highlights.update(source(all, { marks }));
      return highlights.of(id(1)).length;
    });
    expect(counts).toEqual([2, 1, 0, 2]);
  });

  it('RD5 what comes while the page is open soaks in; what stood there, or came with the margin, does not', () => {
    const [one, two, three] = [annotation([1, 0], [1, 5]), annotation([1, 0], [1, 6]), annotation([1, 0], [1, 7])];
    const four = annotation([1, 0], [1, 8]);
    const { highlights } = after(
      source([one]),
      source([one, two]),
      source([one, two, three], { synced: true }),
      source([one, two, three, four], { synced: true }),
    );
    const soaking = highlights.of(id(1)).filter(({ arrives }) => arrives);
    expect(soaking.map((mark) => mark.id)).toEqual([four.id]);
  });

  it('RD5 an anchor into blocks that are not there shows nothing and harms nothing', () => {
    expect(after(source([annotation([7, 0], [9, 1])])).changed).toEqual([]);
  });
});
