import { describe, expect, it } from 'vitest';
import { headingOf } from '#components/reader/chapter-title.tsx';
import { partsAndChapters } from '#components/reader/contents-lines.ts';
import { newId } from '#shared/records/ids.ts';
import type { Book, BookAbout, Chapter, ContentsEntry } from '#shared/records/book.ts';

const about = (contents: ContentsEntry[]): BookAbout => ({
  summary: null,
  notes: null,
  publisher: null,
  identifier: null,
  cover: null,
  contents,
});

const chapterOf = (title: string, ...headings: string[]): Chapter => ({
  id: newId(),
  bookId: newId(),
  index: 0,
  title,
  words: 1,
  hash: '',
  language: 'en',
  direction: 'ltr',
  blocks: [...headings, ''].map((text, at) => {
    const shape = { id: `b${at + 1}`, text, marks: [], quoteDepth: 0 };
    return text === '' ? { ...shape, type: 'paragraph' } : { ...shape, type: 'heading', level: 2 };
  }),
});

const headed = (chapter: Chapter, contents: ContentsEntry[] = []) => {
  const { above, title } = headingOf({ about: about(contents) }, chapter);
  return [...above.map(({ text }) => text), typeof title === 'string' ? `words: ${title}` : title.text];
};

const line = (title: string, depth: number, chapter: number, block: string | null = null) => ({
  title,
  depth,
  chapter,
  block,
});

describe('the heading of a chapter', () => {
  it('RD67 the heading that says the title is the title, with what stands before it above it', () => {
    expect(headed(chapterOf('Part One, II', 'Part One', 'II', 'Later'))).toEqual(['Part One', 'II']);
  });

  it('RD67 a part’s heading stands above a title that the text does not say, whatever it was renamed to', () => {
    const part = line('Part One', 0, 0);
    expect(headed(chapterOf('The Quay ✎', 'Part One', 'A verse'), [part])).toEqual(['Part One', 'words: The Quay ✎']);
    expect(headed(chapterOf('The Quay', 'Part One'))).toEqual(['words: The Quay']);
  });

  it('RD67 the number that a title begins with stands above it once', () => {
    expect(headed(chapterOf('193 The Emperor', '193'))).toEqual(['193', 'words: The Emperor']);
    expect(headed(chapterOf('193 The Emperor', '19'))).toEqual(['words: 193 The Emperor']);
  });
});

it('RD65 the shelf lists chapters in their parts, without the sections within them', () => {
  const chapters = ['I', 'Alone'].map((title, index) => ({ id: newId(), index, title, words: 1, blocks: 1, hash: '' }));
  const contents = [line('Part One', 0, 0), line('I', 1, 0, 'b2'), line('A section', 2, 0, 'b5'), line('Alone', 0, 1)];
  const lines = partsAndChapters({ chapters, about: about(contents) } as unknown as Book);
  expect(lines.map(({ title, depth, isChapter }) => [title, depth, isChapter])).toEqual([
    ['Part One', 0, false],
    ['I', 1, true],
    ['Alone', 0, true],
  ]);
});
