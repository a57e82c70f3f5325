import { describe, expect, it } from 'vitest';
import { exportFormats } from '#shared/protocol/http.ts';
import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';
import { exporters } from '#server/exporters/exporters.ts';
import { chapterOf, exportOf, fullMargin, harbour } from './export-fixture.ts';
import { htmlElements, markdownNodes, markdownTree, plainTextOf } from './plain-text.ts';

const span = (text: string, more: Partial<PadSpan> = {}): PadSpan => ({ text, marks: [], href: null, ...more });
const says = (text: string): PadBlock => ({ type: 'paragraph', spans: [span(text)] });

const pad: PadBlock[] = [
  { type: 'heading', level: 1, spans: [span('What we thought')] },
  {
    type: 'paragraph',
    spans: [
      span('It was '),
      span('certainly', { marks: ['bold'] }),
      span(' cold, see '),
      span('the ice', { href: 'https://example.org/ice' }),
      span('\n'),
      span('and so on.'),
    ],
  },
  {
    type: 'bullets',
    items: [[says('gulls')], [says('boats'), { type: 'numbers', start: 3, items: [[says('a third')]] }]],
  },
  {
    type: 'tasks',
    items: [
      { done: true, blocks: [says('ask Ines')] },
      { done: false, blocks: [says('bring tea')] },
    ],
  },
  { type: 'quote', blocks: [says('Somebody else said so.')] },
  {
    type: 'quotation',
    source: 'N. Example, The Salt Road',
    chapter: chapterOf(harbour).id,
    at: 'b1.0-b1.11',
    blocks: [says('The harbour')],
  },
  { type: 'rule' },
];

const hostile: PadBlock[] = [
  says('<script>alert(1)</script>'),
  says('# no heading'),
  says('=cmd|calc'),
  { type: 'heading', level: 2, spans: [span('two\nlines --- and <b>'), span('[x](javascript:alert(1))')] },
  { type: 'paragraph', spans: [span('run', { href: 'javascript:alert(1)' })] },
  { type: 'quotation', source: '"><img src=x onerror=alert(1)>', chapter: '../../evil', at: null, blocks: [says('q')] },
];

describe.each(exportFormats)('the pad in %s', (format) => {
  const write = (blocks: PadBlock[] | null): string => exporters[format].write(exportOf(fullMargin(), { pad: blocks }));

  it('EX60 comes along when it was asked for, with every word and the way back from a quotation', () => {
    const text = write(pad);
    const words = plainTextOf[format](text).replace(/\s+/gu, ' ');
    for (const part of ['What we thought', 'certainly', 'gulls', 'a third', 'ask Ines', 'bring tea', 'Somebody else']) {
      expect(words).toContain(part);
    }
    expect(words).toContain('N. Example, The Salt Road');
    expect(text).toContain('/read/chapter1000000000000#at=b1.0-b1.11');
    expect(plainTextOf[format](write(null))).not.toContain('What we thought');
    expect(plainTextOf[format](write([]))).not.toContain('What we thought');
  });

  it('EX61 words that look like mark-up stay words', () => {
    const text = write(hostile);
    // Web Annotations carry the pad as Markdown, in which such characters are escaped.
    expect(plainTextOf[format](text).replaceAll('\\', '')).toContain('<script>alert(1)</script>');
    expect(text).not.toContain('href="javascript');
  });
});

describe('what the pad is made of', () => {
  it('EX62 is headings, lists, boxes and quotations in Markdown, below the headings of the document', () => {
    const nodes = markdownNodes(markdownTree(exporters.markdown.write(exportOf({}, { pad }))));
    expect(nodes.filter((node) => node.type === 'heading').map(({ depth }) => depth)).toEqual([1, 2, 2, 3]);
    expect(nodes.filter((node) => node.type === 'list')).toHaveLength(3);
    expect(nodes.filter((node) => node.type === 'listItem').map(({ checked }) => checked)).toEqual([
      null,
      null,
      null,
      true,
      false,
    ]);
    expect(nodes.filter((node) => node.type === 'blockquote')).toHaveLength(2);
    expect(nodes.filter((node) => node.type === 'link').map(({ url }) => url)).toContain('https://example.org/ice');
    const read = markdownNodes(markdownTree(exporters.markdown.write(exportOf({}, { pad: hostile }))));
    expect(read.filter((node) => node.type === 'html' || node.type === 'image')).toEqual([]);
    expect(read.filter((node) => node.type === 'heading')).toHaveLength(4);
    const addresses = read.flatMap((node) => (node.type === 'link' ? [node.url] : []));
    expect(addresses.filter((url) => url.startsWith('javascript'))).toEqual([]);
  });

  it('EX62 is the same in HTML, without a foreign element or handler', () => {
    const elements = htmlElements(exporters.html.write(exportOf({}, { pad: [...pad, ...hostile] })));
    const names = elements.map(({ tagName }) => tagName);
    for (const name of ['figure', 'figcaption', 'strong', 'ol', 'ul', 'hr']) expect(names).toContain(name);
    expect(names).not.toContain('script');
    expect(names).not.toContain('img');
    expect(
      elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)).filter((name) => name.startsWith('on')),
    ).toEqual([]);
    expect(names.filter((name) => /^h[1-6]$/u.test(name)).slice(0, 4)).toEqual(['h1', 'h2', 'h2', 'h3']);
  });
});
