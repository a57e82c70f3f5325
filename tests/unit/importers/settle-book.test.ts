import { describe, expect, it } from 'vitest';
import type { DraftBlock, DraftBook, DraftMark } from '#server/importers/importer.ts';
import { hashBlocks, measureChapter, withIds } from '#server/importers/measure-chapter.ts';
import { settleBook } from '#server/importers/settle-book.ts';

const paragraph = (text: string, parts: Partial<DraftBlock> = {}): DraftBlock =>
  ({ type: 'paragraph', text, marks: [], quoteDepth: 0, ...parts }) as DraftBlock;
const noteref = (at: number, target: string, label = '1'): DraftMark => ({
  type: 'noteref',
  start: at,
  end: at,
  target,
  label,
});
const jump = (end: number, target: string): DraftMark => ({ type: 'jump', start: 0, end, target });
const book = (...chapters: DraftBlock[][]): DraftBook => ({
  title: 'The Lamp',
  author: null,
  language: 'en',
  direction: 'ltr',
  chapters: chapters.map((blocks, index) => ({ title: `Part ${index + 1}`, blocks })),
});

describe('settling a book', () => {
  it('IM70 a note’s body stands at the end of each chapter that refers to it, wherever it stood in the source', () => {
    const { chapters } = settleBook(
      book(
        [paragraph('It was dark.', { marks: [noteref(6, 'late', '*')] })],
        [paragraph('Dark again.', { marks: [noteref(4, 'early'), noteref(11, 'late', '2')] })],
        [paragraph('The late note.', { note: 'late' }), paragraph('The early note.', { note: 'early' })],
      ),
    );
    expect(chapters.map(({ title }) => title)).toEqual(['Part 1', 'Part 2']);
    expect(chapters.map(({ blocks }) => blocks.map(({ text, note }) => [text, note]))).toEqual([
      [
        ['It was dark.', undefined],
        ['The late note.', 'n1'],
      ],
      [
        ['Dark again.', undefined],
        ['The early note.', 'n1'],
        ['The late note.', 'n2'],
      ],
    ]);
    expect(chapters[1]?.blocks[0]?.marks).toEqual([
      { type: 'noteref', start: 4, end: 4, note: 'n1', label: '1' },
      { type: 'noteref', start: 11, end: 11, note: 'n2', label: '2' },
    ]);
  });

  it('IM70 notes refer to notes, in a circle too; one that nothing refers to stays where it stood', () => {
    const { chapters } = settleBook(
      book([
        paragraph('Dark.', { marks: [noteref(5, 'one')] }),
        paragraph('Alone.', { note: 'nobody' }),
        paragraph('See the other.', { note: 'one', marks: [noteref(3, 'two')] }),
        paragraph('See the first.', { note: 'two', marks: [noteref(3, 'one'), noteref(4, 'nowhere')] }),
      ]),
    );
    expect(chapters[0]?.blocks.map(({ text, note }) => [text, note])).toEqual([
      ['Dark.', undefined],
      ['Alone.', undefined],
      ['See the other.', 'n1'],
      ['See the first.', 'n2'],
    ]);
    expect(chapters[0]?.blocks[3]?.marks).toEqual([{ type: 'noteref', start: 3, end: 3, note: 'n1', label: '1' }]);
  });

  it('IM71 a link within the book leads to chapter and block, counted after notes have moved; one into nothing is text', () => {
    const { chapters, about } = settleBook({
      ...book(
        [paragraph('See below.', { marks: [jump(3, 'deep')] }), paragraph('A note.', { note: 'x' })],
        [
          paragraph('Word.', { names: ['top'], marks: [noteref(4, 'x')] }),
          paragraph('Deep.', { names: ['deep', 'deeper'], marks: [jump(4, 'top'), jump(4, 'nowhere')] }),
        ],
      ),
      about: {
        contents: [
          { title: 'Deep', depth: 1, target: 'deeper' },
          { title: 'Gone', depth: 0, target: 'gone' },
        ],
      },
    });
    expect(chapters[0]?.blocks[0]?.marks).toEqual([{ type: 'jump', start: 0, end: 3, chapter: 1, block: 'b2' }]);
    expect(chapters[1]?.blocks[1]?.marks).toEqual([{ type: 'jump', start: 0, end: 4, chapter: 1, block: null }]);
    expect(about?.contents).toEqual([{ title: 'Deep', depth: 1, chapter: 1, block: 'b2' }]);
  });

  it('IM72 what a block was read from is not in its hash, and the hash of older texts is what it was', () => {
    const [plain] = settleBook(book([paragraph('It was dark.')])).chapters;
    const [placed] = settleBook(
      book([paragraph('It was dark.', { source: { href: 'OEBPS/one.xhtml', path: '/4/2[p1]' } })]),
    ).chapters;
    const hashes = [plain, placed].map((chapter) => measureChapter(chapter?.blocks ?? [], 'en').hash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(withIds(placed?.blocks ?? [])[0]?.source).toEqual({ href: 'OEBPS/one.xhtml', path: '/4/2[p1]' });
    expect(hashBlocks([{ id: 'b1', type: 'break', text: '', marks: [], quoteDepth: 0 }])).toBe(
      'a02b42e95f900bbb4b871d65a74a1163f33b1c4b7bcd14b7f3eedf2518a30c71',
    );
  });
});
