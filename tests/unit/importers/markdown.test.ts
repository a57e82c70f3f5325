import { describe, expect, it } from 'vitest';
import { markdownImporter } from '#server/importers/markdown.ts';
import { settleBook } from '#server/importers/settle-book.ts';
import { blocksOf, titlesOf } from './shown.ts';

const read = (source: string) => markdownImporter.read(source);

describe('Markdown', () => {
  it('IM11 every kind of block and mark that the model has', () => {
    const source = [
      'Hello *there* **you** `code` ~~gone~~ [site](https://x.org/a).',
      '## Half way',
      '> quoted\n>\n> > deeper',
      '3. three\n4. four\n   - inner',
      '***',
      '```\n  a\n\tb\n```',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      'the lamp burns low  \nthe oil is gone  \nand I must go',
    ].join('\n\n');
    expect(blocksOf(read(source))).toEqual([
      'paragraph: Hello there you code gone site. [there|emphasis] [you|strong] [code|code] [gone|strike] [site|https://x.org/a]',
      'heading2: Half way',
      '>paragraph: quoted',
      '>>paragraph: deeper',
      'listItem3@0: three',
      'listItem4@0: four',
      'listItem-@1: inner',
      'break:',
      'code:   a\n    b',
      'table: a\tb\n1\t2',
      'verse: the lamp burns low\nthe oil is gone\nand I must go',
    ]);
  });

  it('IM213 links to headings are jumps, boxes of things to do are kept, and one tilde strikes nothing', () => {
    const book = read(
      'See [the end](#the-end-1) or [nowhere](#gone).\n\n## The End!\n\n## *The* End\n\n- [ ] H~2~O\n- [x] oil\n',
    );
    expect(blocksOf(book)).toEqual([
      'paragraph: See the end or nowhere. [the end|jump] [nowhere|jump]',
      'heading2: The End!',
      'heading2: The End [The|emphasis]',
      'listItem-@0: ☐ H~2~O',
      'listItem-@0: ☑ oil',
    ]);
    const [chapter] = settleBook(book).chapters;
    expect(chapter?.blocks[0]?.marks).toEqual([{ type: 'jump', start: 4, end: 11, chapter: 0, block: 'b3' }]);
  });

  it('IM160 footnotes are notes, wherever their definitions stand', () => {
    const book = read(
      'A lamp[^1] of brass[^old].\n\n[^1]: Of *brass*.\n\n    And polished.\n\nIt was dark[^none].\n\n[^old]: Old.\n',
    );
    expect(blocksOf(book)).toEqual([
      'paragraph: A lamp of brass. [|noteref] [|noteref]',
      'paragraph: Of brass. [brass|emphasis]',
      'paragraph: And polished.',
      'paragraph: It was dark[^none].',
      'paragraph: Old.',
    ]);
    const blocks = book.chapters[0]?.blocks ?? [];
    expect(blocks.map(({ note }) => note)).toEqual([undefined, '1', '1', undefined, 'old']);
    expect(blocks[0]?.marks).toEqual([
      { type: 'noteref', target: '1', label: '1', start: 6, end: 6 },
      { type: 'noteref', target: 'old', label: '2', start: 15, end: 15 },
    ]);
  });

  it('IM161 a table is a table with its heading row; a picture stays as its words and is not fetched', () => {
    const book = read(
      '| a | b |\n| - | - |\n| 1 | *2* |\n\n![a lamp](https://x.org/lamp.png "The lamp")\n\nSee ![a sign](x.png) here.',
    );
    expect(blocksOf(book)).toEqual([
      'table: a\tb\n1\t2 [2|emphasis]',
      'figure: The lamp',
      'paragraph: See a sign here.',
    ]);
    const [table, figure] = book.chapters[0]?.blocks ?? [];
    expect(table).toMatchObject({
      rows: [
        [
          { start: 0, end: 1, header: true },
          { start: 2, end: 3, header: true },
        ],
        [
          { start: 4, end: 5 },
          { start: 6, end: 7 },
        ],
      ],
    });
    expect(figure).toMatchObject({ picture: null, alt: 'a lamp' });
  });

  it('IM12 raw HTML goes through the allow-list and active links become text', () => {
    const source =
      'A <b onclick="x()">bold</b> word[x](javascript:alert(1)) <script>one</script>\n\n<div onclick="x()"><p>kept <img src=x onerror=y></p><script>no()</script></div>';
    const blocks = blocksOf(read(source));
    expect(blocks[0]).toBe('paragraph: A bold wordx one');
    expect(blocks.slice(1)).toEqual(['paragraph: kept']);
  });

  it('IM13 front matter tells title, author and language, and is no text', () => {
    const book = read('---\ntitle: "The Lamp"\nauthor: Ada Quill\nlang: he\ntags: [a, b]\n---\n\nOnce.');
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill', language: 'he', direction: 'rtl' });
    expect(blocksOf(book)).toEqual(['paragraph: Once.']);
  });

  it('IM13 a first heading is the title, with the byline below it', () => {
    const book = read('# The Lamp\n\n*by Ada Quill*\n\n## Chapter 1\n\nOne.\n\n## Chapter 2\n\nTwo.');
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill' });
    expect(titlesOf(book)).toEqual(['Chapter 1', 'Chapter 2']);
    expect(blocksOf(book)).toEqual(['paragraph: One.', 'paragraph: Two.']);
  });

  it('IM14 several first-level headings are chapters; a part without words stays above its first chapter', () => {
    expect(titlesOf(read('# One\n\nText.\n\n# Two\n\nText.'))).toEqual(['One', 'Two']);
    const parts = read('# Part One\n\n## Chapter 1\n\nA.\n\n## Chapter 2\n\nB.\n\n# Part Two\n\n## Chapter 3\n\nC.');
    expect(titlesOf(parts)).toContain('Part One');
    expect(blocksOf(parts).filter((line) => line.startsWith('paragraph'))).toEqual([
      'paragraph: A.',
      'paragraph: B.',
      'paragraph: C.',
    ]);
  });

  it('IM14 the second-level headings of an article do not make chapters', () => {
    const book = read('# How to tie a knot\n\nFirst.\n\n## Rope\n\nTake rope.\n\n## Hands\n\nUse them.');
    expect(book.title).toBe('How to tie a knot');
    expect(titlesOf(book)).toEqual(['']);
    expect(blocksOf(book)).toContain('heading2: Rope');
  });

  it('IM14 a text that is nothing but headings keeps them', () => {
    expect(blocksOf(read('# Hello'))).not.toEqual([]);
    expect(blocksOf(read('# One\n\nText.\n\n# The End'))).toContain('heading1: The End');
  });

  it('IM15 thousands of nested quotations and openers are read', () => {
    expect(blocksOf(read(`${'> '.repeat(500)}deep`))).toEqual(['>>>>>>>>paragraph: deep']);
    expect(blocksOf(read('*a **b '.repeat(2_000)))).toHaveLength(1);
  });
});
