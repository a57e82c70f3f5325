import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notePlainText, parseNote } from '#shared/text/note-markdown.ts';
import type { NoteBlock, NoteInline } from '#shared/text/note-markdown.ts';

const inline = (source: string): NoteInline[] => {
  const [block] = parseNote(source);
  return block?.type === 'paragraph' ? block.children : [];
};
const link = (href: string, ...children: NoteInline[]): NoteInline => ({ type: 'link', href, children });
const text = (value: string): NoteInline => ({ type: 'text', text: value });

function* allInlines(nodes: NoteInline[], depth = 0): Generator<{ node: NoteInline; depth: number }> {
  for (const node of nodes) {
    yield { node, depth };
    if ('children' in node) yield* allInlines(node.children, depth + 1);
  }
}
function* inlinesOf(blocks: NoteBlock[]): Generator<{ node: NoteInline; depth: number }> {
  for (const block of blocks) {
    if (block.type === 'quote') yield* inlinesOf(block.children);
    else if (block.type === 'paragraph') yield* allInlines(block.children);
  }
}

describe('the small Markdown of notes', () => {
  it('MG41 emphasis, strong and both together', () => {
    expect(inline('a *b* _c_ **d**')).toEqual([
      text('a '),
      { type: 'emphasis', children: [text('b')] },
      text(' '),
      { type: 'emphasis', children: [text('c')] },
      text(' '),
      { type: 'strong', children: [text('d')] },
    ]);
    expect(inline('***x***')).toEqual([{ type: 'emphasis', children: [{ type: 'strong', children: [text('x')] }] }]);
    expect(inline('**强调「好」**的')).toEqual([{ type: 'strong', children: [text('强调「好」')] }, text('的')]);
  });

  it('MG41 what is not closed, stands alone or sits in a word stays text', () => {
    for (const source of ['*open', '2 * 3 * 4', 'snake_case_name', '>_<', '****', '<b>no</b>', 'a** b']) {
      expect(inline(source)).toEqual([text(source)]);
    }
    expect(inline('¯\\\\_(ツ)\\_/¯')).toEqual([text('¯\\_(ツ)_/¯')]);
  });

  it('MG41 paragraphs, line breaks, quotations and code', () => {
    expect(parseNote('one\r\ntwo\n\n> three\n> > four\n\n```\n*x*\n\ny\n```')).toEqual([
      { type: 'paragraph', children: [text('one'), { type: 'break' }, text('two')] },
      {
        type: 'quote',
        children: [
          { type: 'paragraph', children: [text('three')] },
          { type: 'quote', children: [{ type: 'paragraph', children: [text('four')] }] },
        ],
      },
      { type: 'code', text: '*x*\n\ny' },
    ]);
    expect(inline('a `*b*` ``c`d``')).toEqual([
      text('a '),
      { type: 'code', text: '*b*' },
      text(' '),
      { type: 'code', text: 'c`d' },
    ]);
  });

  it('MG42 links take only http, https and mailto, and never nest', () => {
    expect(inline('[a *b*](https://x.org/p_(q))')).toEqual([
      link('https://x.org/p_(q)', text('a '), { type: 'emphasis', children: [text('b')] }),
    ]);
    expect(inline('[m](mailto:a@b.org)')).toEqual([link('mailto:a@b.org', text('m'))]);
    expect(inline('(see https://x.org/a_(b)).')).toEqual([
      text('(see '),
      link('https://x.org/a_(b)', text('https://x.org/a_(b)')),
      text(').'),
    ]);
    expect(inline('[https://a.org](https://b.org/)')).toEqual([link('https://b.org/', text('https://a.org'))]);
    for (const source of [
      '[a](javascript:alert(1))',
      '[a](data:text/html,x)',
      '[a](//x.org)',
      'ftp://x.org',
      'xhttps://x',
    ]) {
      expect([...allInlines(inline(source))].filter(({ node }) => node.type === 'link')).toEqual([]);
    }
  });

  it('MG42 plain text leaves the marks out', () => {
    expect(notePlainText('> *a* `b`\n\n[c](https://d.org)\ne')).toBe('a b\n\nc\ne');
  });

  it('MG43 any source parses, keeps safe links and stays shallow', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '>',
        ' ',
        '\n',
        'a',
        'https://x',
        'javascript:',
        '😀',
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (source) => {
        for (const { node, depth } of inlinesOf(parseNote(source))) {
          expect(depth).toBeLessThan(24);
          expect(node.type === 'link' ? node.href : 'https:').toMatch(/^(?:https?:|mailto:)/u);
        }
        notePlainText(source);
      }),
    );
  });

  it('MG43 hostile sources of a hundred thousand signs are no work', () => {
    for (const unit of ['*', '[', '_a ', '**a', '](http://', '[a](http://', '> ', '`` ` ', 'https://a)', '*[_`']) {
      expect(parseNote(unit.repeat(100_000 / unit.length)).length).toBeGreaterThan(0);
    }
  });
});
