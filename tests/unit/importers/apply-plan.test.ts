import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '#server/importers/apply-plan.ts';
import { measureChapter } from '#server/importers/measure-chapter.ts';
import type { SettledBlock, SettledBook, SettledComment } from '#server/importers/settled-book.ts';
import type { ImportPlan, PlanSection } from '#shared/records/import.ts';
import type { Mark } from '#shared/text/block.ts';

const paragraph = (text: string, marks: Mark[] = [], note?: string): SettledBlock => ({
  type: 'paragraph',
  text,
  marks,
  quoteDepth: 0,
  ...(note === undefined ? {} : { note }),
});
const heading = (text: string): SettledBlock => ({ type: 'heading', level: 3, text, marks: [], quoteDepth: 0 });
const pause: SettledBlock = { type: 'break', text: '', marks: [], quoteDepth: 0 };
const noteref = (note: string): Mark => ({ type: 'noteref', start: 0, end: 0, note, label: note });
const jump = (chapter: number, block: string | null): Mark => ({ type: 'jump', start: 0, end: 1, chapter, block });

const bookOf = (...chapters: SettledBlock[][]): SettledBook => ({
  title: 'The Lamp',
  author: 'Ada Quill',
  language: 'en',
  direction: 'ltr',
  chapters: chapters.map((blocks, index) => ({
    title: `Part ${index + 1}`,
    blocks,
    measures: measureChapter(blocks, 'en'),
  })),
});

type Wish = [chapter: number, block: number, as: PlanSection['as'], title?: string];
const planOf = (...wishes: Wish[]): ImportPlan => ({
  title: 'The Lamp',
  author: null,
  language: 'en',
  comments: true,
  sections: wishes.map(([chapter, block, as, title]) => ({ chapter, block, title: title ?? null, as })),
});

function made(draft: SettledBook, plan: ImportPlan): SettledBook {
  const applied = applyPlan(draft, plan);
  if (!applied.ok) throw new Error(applied.code);
  return applied.book;
}
const shown = ({ chapters }: SettledBook) =>
  chapters.map(({ title, blocks }) => [title, ...blocks.map(({ text, note }) => (note ? `${note}: ${text}` : text))]);

const says = (chapter: number, start: string, end: string): SettledComment => ({
  chapter,
  passage: { start: { block: start, offset: 0 }, end: { block: end, offset: 3 } },
  author: 'Bo',
  at: null,
  body: `${chapter} ${start} ${end}`,
});

describe('making a book of a preview', () => {
  it('IM180 the plan that changes nothing keeps every block, and what was measured', () => {
    const draft = bookOf([paragraph('One.'), pause], [paragraph('Two.', [jump(0, null)])]);
    const book = made(draft, planOf([0, 0, 'chapter'], [1, 0, 'chapter']));
    expect(book.chapters).toEqual(draft.chapters);
    expect(book).toMatchObject({ title: 'The Lamp', author: null });
  });

  it('IM181 a chapter is renamed, and its line in the contents with it', () => {
    const draft = bookOf([paragraph('One.')], [paragraph('Two.')]);
    const about = { summary: null, notes: null, publisher: null, identifier: null, cover: null };
    const contents = [
      { title: 'Part 1', depth: 0, chapter: 0, block: null },
      { title: 'Part 2', depth: 1, chapter: 1, block: null },
    ];
    const plan = planOf([0, 0, 'left-out'], [1, 0, 'chapter', 'Dawn']);
    const book = made({ ...draft, about: { ...about, contents } }, plan);
    expect(shown(book)).toEqual([['Dawn', 'Two.']]);
    expect(book.about?.contents).toEqual([{ title: 'Dawn', depth: 1, chapter: 0, block: null }]);
  });

  it('IM182 a chapter is joined to the one before it, its title stays as a heading, and both their notes are kept', () => {
    const draft = bookOf(
      [paragraph('One.', [noteref('n1')]), paragraph('First note.', [], 'n1')],
      [
        paragraph('Two.', [noteref('n1'), jump(1, null)]),
        paragraph('Again.', [noteref('n1')]),
        paragraph('Other note.', [], 'n1'),
      ],
    );
    const [chapter, ...others] = made(draft, planOf([0, 0, 'chapter'], [1, 0, 'joined'])).chapters;
    expect(others).toEqual([]);
    expect(chapter?.blocks.map(({ type, text, note }) => [type, text, note])).toEqual([
      ['paragraph', 'One.', undefined],
      ['heading', 'Part 2', undefined],
      ['paragraph', 'Two.', undefined],
      ['paragraph', 'Again.', undefined],
      ['paragraph', 'First note.', 'n1'],
      ['paragraph', 'Other note.', 'n2'],
    ]);
    expect(chapter?.blocks[2]?.marks).toEqual([
      { ...noteref('n1'), note: 'n2' },
      { type: 'jump', start: 0, end: 1, chapter: 0, block: 'b3' },
    ]);
    expect(chapter?.measures).toBeUndefined();
  });

  it('IM183 a chapter is split at a block: a heading there is the title too, and notes go with what refers to them', () => {
    const draft = bookOf([
      paragraph('One.', [noteref('n1'), jump(0, 'b3')]),
      pause,
      heading('Dusk'),
      paragraph('Two.', [noteref('n1'), noteref('n2')]),
      paragraph('Both refer to it.', [], 'n1'),
      paragraph('Only the second.', [], 'n2'),
    ]);
    const book = made(draft, planOf([0, 0, 'chapter'], [0, 2, 'chapter']));
    expect(shown(book)).toEqual([
      ['Part 1', 'One.', 'n1: Both refer to it.'],
      ['Dusk', 'Dusk', 'Two.', 'n1: Both refer to it.', 'n2: Only the second.'],
    ]);
    expect(book.chapters[0]?.blocks[0]?.marks[1]).toMatchObject({ chapter: 1, block: null });
    const renamed = made(draft, planOf([0, 0, 'chapter'], [0, 3, 'chapter', 'Night']));
    expect(shown(renamed)[0]).toEqual(['Part 1', 'One.', '', 'Dusk', 'n1: Both refer to it.']);
  });

  it('IM181 a heading that repeats the title of its chapter is renamed with it, and not set twice where it is joined', () => {
    const draft = bookOf([heading('Part 1'), paragraph('One.')], [heading('Part 2'), paragraph('Two.')]);
    const book = made(draft, planOf([0, 0, 'chapter', 'Dawn'], [1, 0, 'joined']));
    expect(shown(book)).toEqual([['Dawn', 'Dawn', 'One.', 'Part 2', 'Two.']]);
  });

  it('IM184 a jump into what was left out is text, and a comment is dropped with its words', () => {
    const draft = bookOf([paragraph('One.', [jump(1, null)])], [paragraph('Two.'), paragraph('Three.')]);
    const comments = [says(0, 'b1', 'b1'), says(1, 'b1', 'b1'), says(1, 'b1', 'b2'), says(1, 'b2', 'b2')];
    const plan = planOf([0, 0, 'chapter'], [1, 0, 'left-out'], [1, 1, 'chapter']);
    const book = made({ ...draft, comments }, plan);
    expect(book.chapters[0]?.blocks[0]?.marks).toEqual([]);
    expect(book.comments?.map(({ body, chapter, passage }) => [body, chapter, passage?.start.block])).toEqual([
      ['0 b1 b1', 0, 'b1'],
      ['1 b1 b2', 1, undefined],
      ['1 b2 b2', 1, 'b1'],
    ]);
    expect(made({ ...draft, comments }, { ...plan, comments: false }).comments).toEqual([]);
  });

  it('IM185 a plan that does not part this book, or keeps nothing of it, is refused', () => {
    const draft = bookOf([paragraph('One.'), paragraph('A note.', [], 'n1')], [paragraph('Two.')]);
    const wrong: Wish[][] = [
      [[0, 0, 'chapter']],
      [[1, 0, 'chapter']],
      [
        [0, 0, 'chapter'],
        [0, 0, 'chapter'],
        [1, 0, 'chapter'],
      ],
      [
        [0, 0, 'chapter'],
        [0, 1, 'chapter'],
        [1, 0, 'chapter'],
      ],
      [
        [1, 0, 'chapter'],
        [0, 0, 'chapter'],
      ],
      [
        [0, 0, 'chapter'],
        [1, 0, 'chapter'],
        [2, 0, 'chapter'],
      ],
    ];
    for (const wishes of wrong) expect(applyPlan(draft, planOf(...wishes))).toMatchObject({ code: 'malformed' });
    const nothing = planOf([0, 0, 'left-out'], [1, 0, 'left-out']);
    expect(applyPlan(draft, nothing)).toMatchObject({ code: 'nothing-left' });
  });
});

/** Every block has words of its own, so that each can be found again. */
const plainBook = fc
  .array(fc.array(fc.constantFrom('paragraph', 'heading', 'break'), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((chapters) =>
    chapters.map((types, chapter) =>
      types.map((type, block): SettledBlock => {
        const text = `Words ${chapter} ${block}`;
        return type === 'break' ? pause : type === 'heading' ? heading(text) : paragraph(text);
      }),
    ),
  );

/** A book whose paragraphs refer to notes and to each other, and a plan for it. */
const bookAndPlan = plainBook.chain((plain) => {
  const places = plain.flatMap((blocks, chapter) => blocks.map((_, block) => ({ chapter, block })));
  return fc
    .record({
      refers: fc.array(fc.boolean(), { minLength: places.length, maxLength: places.length }),
      leads: fc.array(fc.option(fc.constantFrom(...places)), { minLength: places.length, maxLength: places.length }),
      cuts: fc.array(fc.boolean(), { minLength: places.length, maxLength: places.length }),
      fates: fc.array(fc.constantFrom('chapter', 'chapter', 'joined', 'left-out'), {
        minLength: places.length,
        maxLength: places.length,
      }),
    })
    .map(({ refers, leads, cuts, fates }) => {
      let at = 0;
      const chapters = plain.map((blocks, chapter) => {
        let notes = 0;
        const bodies: SettledBlock[] = [];
        const running = blocks.map((block, index) => {
          const position = at;
          at += 1;
          if (block.type !== 'paragraph') return block;
          const marks: Mark[] = [];
          if (refers[position] === true) {
            notes += 1;
            marks.push(noteref(`n${notes}`));
            bodies.push(paragraph(`Note ${chapter} ${index}`, [], `n${notes}`));
          }
          const lead = leads[position];
          if (lead) marks.push(jump(lead.chapter, lead.block === 0 ? null : `b${lead.block + 1}`));
          return { ...block, marks };
        });
        return [...running, ...bodies];
      });
      const sections = places.flatMap(({ chapter, block }, index): PlanSection[] =>
        block > 0 && cuts[index] !== true ? [] : [{ chapter, block, title: null, as: fates[index] ?? 'chapter' }],
      );
      return { draft: bookOf(...chapters), plan: { ...planOf(), sections } };
    });
});

/** Whether the text at this place was to be left out. */
function isLeftOut({ sections }: ImportPlan, chapter: number, block: number): boolean {
  return sections.findLast((one) => one.chapter === chapter && one.block <= block)?.as === 'left-out';
}

describe('any plan for any book', () => {
  it('IM186 loses and doubles no words but those that were left out, in their order', () => {
    fc.assert(
      fc.property(bookAndPlan, ({ draft, plan }) => {
        const applied = applyPlan(draft, plan);
        const wanted = draft.chapters.flatMap(({ blocks }, chapter) =>
          blocks.flatMap(({ text, note }, block) =>
            note !== undefined || text === '' || isLeftOut(plan, chapter, block) ? [] : [text],
          ),
        );
        const chapters = applied.ok ? applied.book.chapters : [];
        const found = chapters.flatMap(({ blocks }) =>
          blocks.flatMap(({ text, note }) => (note === undefined ? [text] : [])),
        );
        expect(applied.ok).toBe(plan.sections.some((section) => section.as !== 'left-out'));
        expect(found.filter((text) => text.startsWith('Words'))).toEqual(wanted);
      }),
    );
  });

  it('IM187 leaves notes with what refers to them and jumps on the words that they led to, and fits the records', () => {
    fc.assert(
      fc.property(bookAndPlan, ({ draft, plan }) => {
        const applied = applyPlan(draft, plan);
        if (!applied.ok) return;
        const { chapters } = applied.book;
        for (const { blocks, measures } of chapters) {
          const measured = measureChapter(blocks, 'en');
          expect(measures ?? measured).toEqual(measured);
          const refs = blocks.flatMap(({ marks }) =>
            marks.flatMap((mark) => (mark.type === 'noteref' ? mark.note : [])),
          );
          expect(blocks.flatMap(({ note }) => note ?? [])).toEqual(refs);
        }
        const before = new Map(draft.chapters.flatMap(({ blocks }) => blocks.map((block) => [block.text, block])));
        for (const block of chapters.flatMap(({ blocks }) => blocks)) {
          const led = jumpOf(before.get(block.text));
          const source = led && draft.chapters[led.chapter]?.blocks[led.at];
          // Left out, it is text; a scene break may have gone, and is where its neighbour is.
          if (!led || source?.text === '') continue;
          const leads = jumpOf(block);
          const words = leads && chapters[leads.chapter]?.blocks[leads.at]?.text;
          expect(words).toBe(isLeftOut(plan, led.chapter, led.at) ? undefined : source?.text);
        }
      }),
    );
  });
});

function jumpOf(block: SettledBlock | undefined): { chapter: number; at: number } | undefined {
  const mark = block?.marks.find(({ type }) => type === 'jump');
  if (mark?.type !== 'jump') return undefined;
  return { chapter: mark.chapter, at: mark.block === null ? 0 : Number(mark.block.slice(1)) - 1 };
}
