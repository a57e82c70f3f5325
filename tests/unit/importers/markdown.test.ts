import { describe, expect, it } from 'vitest';
import { markdownImporter } from '#server/importers/markdown.ts';
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
      'paragraph: a · b',
      'paragraph: 1 · 2',
      'verse: the lamp burns low\nthe oil is gone\nand I must go',
    ]);
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
