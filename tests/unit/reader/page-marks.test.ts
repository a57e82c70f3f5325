import { describe, expect, it } from 'vitest';
import { PageMarks } from '#components/reader/page-marks.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { type AnnotationId, type ChapterId, type MemberId, newId } from '#shared/records/ids.ts';
import { type Block, blockIdSchema } from '#shared/text/block.ts';

const blocks: Block[] = ['First words.', 'Second words.'].map((text, index) => ({
  id: blockIdSchema.parse(`b${index + 1}`),
  type: 'paragraph',
  text,
  marks: [],
  quoteDepth: 0,
}));
const [first, second] = blocks.map(({ id }) => id) as [Block['id'], Block['id']];
const me = newId<MemberId>();

const markIn = (block: Block['id']): Annotation => ({
  id: newId<AnnotationId>(),
  chapter: newId<ChapterId>(),
  author: me,
  colour: 'saffron',
  anchor: {
    start: { block, offset: 0 },
    end: { block, offset: 5 },
    hash: '',
    quote: { exact: '', prefix: '', suffix: '' },
  },
  body: '',
  visibility: 'room',
  createdAt: 1,
  editedAt: null,
  deleted: false,
  hidden: false,
});

function pageWith(...annotations: Annotation[]) {
  const marks = new PageMarks(blocks);
  const heard: string[] = [];
  for (const { id } of blocks) marks.subscribe(id, () => heard.push(id));
  const hold = (...now: Annotation[]) =>
    marks.update({
      annotations: new Map(now.map((one) => [one.id, one])),
      me,
      marks: 'all',
      synced: true,
      isWet: () => false,
    });
  hold(...annotations);
  return { marks, heard, hold, shows: (block: Block['id']) => marks.shown(block).highlights.length };
}

describe('marks on the page', () => {
  it('RD84 a block shows its marks once it is drawn, and it alone is told', () => {
    const { marks, heard, shows } = pageWith(markIn(first), markIn(second));
    expect([...marks.waiting()]).toEqual([first, second]);
    expect(shows(first)).toBe(0);
    marks.draw(first);
    expect([shows(first), shows(second), heard]).toEqual([1, 0, [first]]);
    expect([...marks.waiting()]).toEqual([second]);
  });

  it('RD84 who draws hears of blocks that wait, and of what was held under a selection when it goes', () => {
    const one = markIn(first);
    const { marks, hold } = pageWith(one);
    let asked = 0;
    marks.attendedBy(() => (asked += 1));
    marks.draw(first);
    hold(one);
    expect(asked).toBe(0);
    marks.freeze(new Set([first]));
    hold(one, markIn(first));
    expect(asked).toBe(1);
    marks.freeze(new Set());
    expect(asked).toBe(2);
  });

  it('RD24 a block under a selection is not drawn until the selection is gone', () => {
    const { marks, shows } = pageWith(markIn(first));
    marks.freeze(new Set([first]));
    marks.draw(first);
    expect([shows(first), marks.isWaiting(first)]).toEqual([0, false]);
    marks.freeze(new Set());
    marks.draw(first);
    expect(shows(first)).toBe(1);
  });

  it('RD84 the chosen annotation shows in its own blocks, and the one before it no longer', () => {
    const [one, two] = [markIn(first), markIn(second)];
    const { marks, heard } = pageWith(one, two);
    const chosenIn = () => {
      for (const block of marks.waiting()) marks.draw(block);
      return [first, second].map((block) => marks.shown(block).chosen);
    };
    marks.choose(one.id);
    expect(chosenIn()).toEqual([one.id, null]);
    heard.length = 0;
    marks.choose(two.id);
    expect(chosenIn()).toEqual([null, two.id]);
    expect(heard).toEqual([first, second]);
    marks.choose(null);
    expect(chosenIn()).toEqual([null, null]);
  });
});
