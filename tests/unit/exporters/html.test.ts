import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { ChapterId } from '#shared/records/ids.ts';
import { htmlExporter } from '#server/exporters/html.ts';
import {
  anchorAt,
  anchorOn,
  chapterOf,
  exportOf,
  fullMargin,
  harbour,
  idOf,
  mara,
  member,
  note,
  paragraphs,
} from './export-fixture.ts';
import { htmlElements, htmlNodes } from './plain-text.ts';

const attribute = (element: ReturnType<typeof htmlElements>[number] | undefined, name: string) =>
  element?.attrs.find((one) => one.name === name)?.value;

const known = new Set(
  'html head meta title style body header main footer nav section h1 h2 h3 p b bdi i em strong mark span a time ol ul li div blockquote pre code br'.split(
    ' ',
  ),
);
const knownAttributes = new Set(
  'lang charset http-equiv content name class id href rel dir datetime aria-label aria-labelledby'.split(' '),
);

const hostile = fc
  .array(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"',
      "'",
      ' onload=x ',
      '<img src=x onerror=y>',
      '](javascript:x)',
      '[a',
      '&lt;',
      '</style>',
      '</title>',
      '<!--',
      ']]>',
      '\n',
      'https://a.example/"onclick="x',
      'a',
    ),
    { minLength: 1 },
  )
  .map((parts) => parts.join(''));

describe('HTML', () => {
  it('EX40 whatever people write, the page has no script, no handler and no element but its own', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const chapter = chapterOf(paragraphs(words), { title: words, language: words });
        const input = exportOf(
          { chapter, annotations: [note('a', { anchor: anchorAt(chapter, 0, words.length), body: words })] },
          { members: [member(mara, words)] },
        );
        for (const element of htmlElements(
          htmlExporter.write({
            ...input,
            room: { ...input.room, title: words },
            book: { ...input.book, title: words },
          }),
        )) {
          expect(known).toContain(element.tagName);
          for (const { name } of element.attrs) expect(knownAttributes).toContain(name);
          expect(attribute(element, 'href') ?? '#').toMatch(/^(?:https?:|mailto:|#)/u);
        }
      }),
    );
  });

  it('EX40 its policy allows its own stylesheet and nothing else', () => {
    const elements = htmlElements(htmlExporter.write(exportOf(fullMargin())));
    const styles = elements.filter(({ tagName }) => tagName === 'style');
    expect(styles).toHaveLength(1);
    const [style] = styles.flatMap((element) =>
      element.childNodes.map((child) => ('value' in child ? child.value : '')),
    );
    const hash = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
    expect(policy && attribute(policy, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import/u);
  });

  it('EX41 it parses without an error, names its language, has landmarks, and headings in order', () => {
    const errors: string[] = [];
    const text = htmlExporter.write(exportOf(fullMargin()));
    parse(text, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    const elements = htmlElements(text);
    expect(attribute(elements[0], 'lang')).toBe('en');
    const tags = elements.map(({ tagName }) => tagName);
    expect(tags.filter((tag) => ['header', 'main', 'footer'].includes(tag))).toEqual(['header', 'main', 'footer']);
    expect(tags.filter((tag) => /^h\d$/u.test(tag))).toEqual(['h1', 'h2', 'h3']);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('EX42 each quotation is marked in its ink, and in pencil where it is private', () => {
    const marks = htmlElements(htmlExporter.write(exportOf(fullMargin()))).filter(({ tagName }) => tagName === 'mark');
    const inks = ['saffron', 'verdigris', 'woad', 'heather', 'clay'];
    expect(marks.map((mark) => attribute(mark, 'class'))).toEqual([
      ...inks,
      'saffron',
      'woad',
      'pencil',
      'saffron',
      'heather',
    ]);
  });

  it('EX42 a quotation is announced in the language and direction of its chapter, the notes in their own', () => {
    const chapter = chapterOf(harbour, { language: 'he', direction: 'rtl' });
    const unknown = chapterOf(harbour, { language: 'und' });
    const quoteOf = (of: typeof chapter) => {
      const input = exportOf({
        chapter: of,
        annotations: [note('a', { anchor: anchorOn(of, 'harbour'), body: 'שלום' })],
      });
      const elements = htmlElements(htmlExporter.write(input));
      expect(
        elements.some(({ tagName, attrs }) => tagName === 'p' && attrs.some(({ value }) => value === 'auto')),
      ).toBe(true);
      return elements.find((element) => attribute(element, 'class') === 'passage')?.attrs.map(({ value }) => value);
    };
    expect(quoteOf(chapter)).toEqual(['passage', 'he', 'rtl']);
    expect(quoteOf(unknown)).toEqual(['passage', '', 'ltr']);
  });

  it('EX43 a book of several chapters has a table of contents whose links lead to them', () => {
    const [one] = exportOf({}).chapters;
    const [other] = exportOf({
      chapter: chapterOf(harbour, { id: idOf<ChapterId>('chapter2'), title: 'Ice' }),
    }).chapters;
    const chapters = [one, other].filter((chapter) => chapter !== undefined);
    const elements = htmlElements(htmlExporter.write(exportOf({}, { chapters })));
    const ids = new Set(elements.map((element) => attribute(element, 'id')));
    const targets = elements
      .flatMap((element) => attribute(element, 'href') ?? [])
      .filter((href) => href.startsWith('#'));
    expect(targets).toHaveLength(2);
    for (const target of targets) expect(ids).toContain(target.slice(1));
  });

  it('EX43 code of a note keeps its lines', () => {
    const text = htmlExporter.write(exportOf({ annotations: [note('a', { body: '```\n\nx\n  y\n```' })] }));
    const pre = htmlElements(text).filter(({ tagName }) => tagName === 'pre');
    const words = pre.flatMap(htmlNodes).map((node) => ('value' in node ? node.value : ''));
    expect(words.join('')).toBe('\nx\n  y');
  });
});
