import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageText } from '#shared/anchoring/quote.ts';
import { passageOfCfi } from '#shared/anchoring/selectors/epub-cfi.ts';
import { jsonldExporter } from '#server/exporters/jsonld.ts';
import type { ExportInput } from '#server/exporters/exporter.ts';
import { anchorAt, chapterOf, exportOf, fullMargin, harbour, note, paragraphs } from './export-fixture.ts';
import {
  annotationMust,
  broken,
  brokenInCollection,
  collectionMust,
  pageMust,
  selectorMust,
} from './w3c-assertions.ts';

type Json = Record<string, never>;
const read = (input: ExportInput): Json => JSON.parse(jsonldExporter.write(input)) as Json;
const itemsOf = (input: ExportInput): Json[] => read(input)['first']?.['items'] ?? [];

const person = (id: string, name: string) => ({
  id: `https://room.example.org/rooms/room0000000000000000/members/${id.padEnd(20, '0')}`,
  type: 'Person',
  name,
});
const position = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });
const fragment = (value: string, start: number, end: number) => ({
  type: 'FragmentSelector',
  conformsTo: 'http://tools.ietf.org/rfc/rfc3236',
  value,
  refinedBy: position(start, end),
});
const css = (block: string, start: number, end: number) => ({
  type: 'CssSelector',
  value: `#${block}`,
  refinedBy: position(start, end),
});

const cfiIn = (item: Json | undefined): string => {
  const selectors: { conformsTo?: string; value: string }[] = item?.['target']?.['selector'] ?? [];
  return selectors.find(({ conformsTo }) => conformsTo?.includes('epub-cfi'))?.value ?? '';
};

describe('W3C annotations', () => {
  it('EX50 a whole export passes every MUST of the annotation model', () => {
    const collection = read(exportOf(fullMargin()));
    expect(brokenInCollection(collection)).toEqual([]);
    expect(collection['total']).toBe(10);
  });

  it('EX50 an empty export is a valid collection without a page', () => {
    const collection = read(exportOf({}));
    expect(brokenInCollection(collection)).toEqual([]);
    expect(collection).toMatchObject({ total: 0 });
    expect(collection).not.toHaveProperty('first');
  });

  it('EX50 the assertions themselves refuse what the model refuses', () => {
    const [sound] = itemsOf(exportOf(fullMargin()));
    const spoilt: [object, string][] = [
      [{ ...sound, '@context': 'http://example.org/other' }, '3.1'],
      [{ ...sound, id: '/relative' }, '3.1'],
      [{ ...sound, type: 'Note' }, '3.1'],
      [{ ...sound, target: [] }, '3.1'],
      [{ ...sound, target: undefined }, '3.1'],
      [{ ...sound, bodyValue: 'x' }, '3.2.5'],
      [{ ...sound, body: { type: 'TextualBody' } }, '3.2.4'],
      [{ ...sound, created: '2026-11-20T12:00:00+01:00' }, '3.3.1'],
      [{ ...sound, audience: { type: 'Audience' } }, '3.3.3'],
      [{ ...sound, target: { type: 'SpecificResource', selector: [] } }, '4'],
    ];
    for (const [annotation, section] of spoilt) {
      expect(
        broken(annotationMust, JSON.parse(JSON.stringify(annotation))).some((said) => said.startsWith(`${section}:`)),
      ).toBe(true);
    }
    expect(broken(collectionMust, { total: -1 })).toHaveLength(4);
    expect(broken(pageMust, { id: 'x', type: 'AnnotationPage', items: [] })).toHaveLength(2);
    expect(broken(selectorMust, { type: 'TextPositionSelector', start: 1.5 })).toHaveLength(2);
  });

  it('EX51 highlights, comments and replies say what they are, and a reply points at its note', () => {
    const items = itemsOf(exportOf(fullMargin()));
    expect(items.map((item) => item['motivation'])).toEqual([
      'commenting',
      'replying',
      'replying',
      'highlighting',
      'commenting',
      'commenting',
      'replying',
      'commenting',
      'commenting',
      'replying',
    ]);
    expect(items[1]?.['target']).toBe(items[0]?.['id']);
    expect(items[8]?.['target']).toBe('https://room.example.org/rooms/room0000000000000000/read/chapter1000000000000');
  });

  it('EX51 ink, meaning and reactions are bodies of the note; a private one is tagged and has an audience of one', () => {
    const items = itemsOf(exportOf(fullMargin()));
    const plain = { type: 'TextualBody', format: 'text/plain' };
    expect(items[0]).toMatchObject({
      creator: person('mara', 'Mara'),
      created: '2026-11-20T12:00:00Z',
      modified: '2026-11-20T12:01:00Z',
      body: [
        {
          type: 'TextualBody',
          value: 'Of all days.\n\n> a day\n\nSee https://example.org/ice.',
          format: 'text/markdown',
          purpose: 'commenting',
        },
        { ...plain, value: 'saffron', purpose: 'tagging' },
        { ...plain, value: 'Loved this', purpose: 'tagging' },
        { ...plain, value: '🌱', purpose: 'assessing', creator: [person('kenji', 'Kenji'), person('bea', 'Bea')] },
        { ...plain, value: '❄️', purpose: 'assessing', creator: [person('bea', 'Bea')] },
      ],
    });
    expect(items[0]).not.toHaveProperty('audience');
    expect(items[4]).toMatchObject({
      audience: { id: person('mara', '').id, type: 'schema:Audience', 'schema:audienceType': 'only me' },
      body: expect.arrayContaining([{ ...plain, value: 'only me', purpose: 'tagging' }]) as unknown,
    });
    expect(items[5]).not.toHaveProperty('creator');
  });

  it('EX52 positions count code points, in the whole text and in the block', () => {
    const [froze, , , spans] = itemsOf(exportOf(fullMargin()));
    // The family before the words is five code points, and eight UTF-16 units.
    expect(froze?.['target']?.['selector']).toEqual([
      {
        type: 'TextQuoteSelector',
        exact: 'froze on a Tuesday',
        prefix: 'The harbour 👩‍👩‍👦 ',
        suffix: '.\nNobody had asked it to, and no',
      },
      position(18, 36),
      fragment('b1', 18, 36),
      css('b1', 18, 36),
    ]);
    expect(spans?.['target']?.['selector']).toEqual([
      expect.objectContaining({ type: 'TextQuoteSelector', exact: 'a Tuesday.\nNobody' }),
      position(27, 44),
      { type: 'RangeSelector', startSelector: fragment('b1', 27, 37), endSelector: fragment('b2', 6, 47) },
      { type: 'RangeSelector', startSelector: css('b1', 27, 37), endSelector: css('b2', 6, 47) },
    ]);
  });

  it('EX53 of a chapter that came out of an EPUB the place in it is told, and leads back to the very words', () => {
    const blocks = harbour.map((block, index) => ({
      ...block,
      source: { href: 'a.xhtml', path: `/4/${index * 2 + 2}`, itemref: '/6/4[ra]' },
    }));
    const [froze, , , spans] = itemsOf(exportOf(fullMargin(blocks)));
    // Units of UTF-16, as CFI counts.
    expect(cfiIn(froze)).toBe('epubcfi(/6/4[ra]!/4/2,/1:21,/1:39)');
    for (const [item, words] of [
      [froze, 'froze on a Tuesday'],
      [spans, 'a Tuesday.\nNobody'],
    ] as const) {
      const passage = passageOfCfi(blocks, cfiIn(item));
      expect(passage && passageText(blocks, passage)).toBe(words);
    }
    expect(cfiIn(itemsOf(exportOf(fullMargin()))[0])).toBe('');
  });

  it('EX52 for any passage of any text, the position selects the very words of the quotation', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((line) => !line.includes('\n'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (lines, one, other) => {
        const chapter = chapterOf(paragraphs(...lines));
        const whole = Array.from(lines.join('\n'));
        const from = one % whole.length;
        const to = from + 1 + (other % (whole.length - from));
        const units = (end: number) => whole.slice(0, end).join('').length;
        const anchor = anchorAt(chapter, units(from), units(to));
        const [item] = itemsOf(exportOf({ chapter, annotations: [note('a', { anchor })] }));
        const [quote, whereabouts] = (item?.['target']?.['selector'] ?? []) as {
          exact: string;
          start: number;
          end: number;
        }[];
        expect(whole.slice(whereabouts?.start, whereabouts?.end).join('')).toBe(quote?.exact);
      }),
    );
  });

  it('EX52 an anchor into another revision of the text keeps its quotation and claims no position', () => {
    const chapter = chapterOf(harbour);
    const anchor = { ...anchorAt(chapter, 0, 3), hash: 'another' };
    const [item] = itemsOf(exportOf({ chapter, annotations: [note('a', { anchor })] }));
    expect(item?.['target']?.['selector']).toEqual([{ type: 'TextQuoteSelector', ...anchor.quote }]);
  });
});
