import papaparse from 'papaparse';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, csvExporter } from '#server/exporters/csv.ts';
import type { ExportInput } from '#server/exporters/exporter.ts';
import { exportOf, fullMargin, note } from './export-fixture.ts';

function rowsOf(input: ExportInput): Record<string, string>[] {
  const { data, errors } = papaparse.parse<Record<string, string>>(csvExporter.write(input), {
    delimiter: ',',
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

const readBack = (quoted: string): string => papaparse.parse<string[]>(quoted, { delimiter: ',' }).data[0]?.[0] ?? '';

describe('CSV', () => {
  it('EX10 one row a note or reply, with quote, context, author, times, ink, reactions and where it hangs', () => {
    const rows = rowsOf(exportOf(fullMargin()));
    expect(rows.map(({ type }) => type)).toEqual([
      'comment',
      'reply',
      'reply',
      'highlight',
      'comment',
      'deleted',
      'reply',
      'comment',
      'talk',
      'reply',
    ]);
    expect(rows[0]).toEqual({
      type: 'comment',
      chapter: 'The Harbour',
      quote: 'froze on a Tuesday',
      'context before': 'The harbour 👩‍👩‍👦 ',
      'context after': '.\nNobody had asked it to, and no',
      note: 'Of all days.\n\n> a day\n\nSee https://example.org/ice.',
      author: 'Mara',
      role: 'host',
      ink: 'saffron',
      meaning: 'Loved this',
      created: '2026-11-20T12:00:00Z',
      edited: '2026-11-20T12:01:00Z',
      reactions: '🌱 2 (Kenji, Bea); ❄️ 1 (Bea)',
      'reply to': '',
      id: 'froze000000000000000',
      link: 'https://room.example.org/rooms/room0000000000000000/read/chapter1000000000000#note-froze000000000000000',
      visibility: 'room',
    });
    expect(rows[1]).toMatchObject({ type: 'reply', note: 'First thought.', 'reply to': 'froze000000000000000' });
    expect(rows[4]).toMatchObject({ visibility: 'only me', ink: 'clay', note: 'Ask about my uncle.' });
    expect(rows[5]).toMatchObject({ type: 'deleted', author: '', note: '' });
  });

  it('EX11 the file begins with a byte order mark, ends its lines with CRLF, and has a header row even when empty', () => {
    const text = csvExporter.write(exportOf({}));
    expect(text.startsWith('\ufeff"type","chapter","quote"')).toBe(true);
    expect(text.endsWith('"visibility"\r\n')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(2);
  });

  it.each([
    ['=1+1'],
    ['+1'],
    ['-1'],
    ['@SUM(A1)'],
    ['\t=1'],
    ['\rx'],
    ['\n=1'],
    ['  =1'],
    ['"=1"'],
    ["'=1"],
    [' "\' =1'],
    ['＝1'],
    ['＋1'],
    ['－1'],
    ['＠SUM(A1)'],
    ['\ufeff=1'],
    ['\u200b=1'],
    ['\0=1'],
    ['“=1”'],
  ])('EX12 a cell that a spreadsheet would run, %j, begins with an apostrophe and is otherwise kept', (raw) => {
    expect(readBack(cell(raw))).toBe(`'${raw.replace('\0', '')}`);
  });

  it.each([['plain'], ['a=b'], ['3 - 2'], ['"quoted"'], ['— dash'], [''], ['mail@example.org']])(
    'EX12 a cell that is no formula, %j, stays as it is',
    (raw) => {
      expect(readBack(`${cell(raw)},"x"`)).toBe(raw);
    },
  );

  it('EX12 no cell of any note begins as a formula, and commas, quotes and lines survive', () => {
    const piece = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', ';', ' ', '＝', 'a', '\0', '😀');
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join('')),
        (body) => {
          const [row] = rowsOf(exportOf({ annotations: [note('x', { body })] }));
          const inCell = row?.['note'] ?? '';
          const written = body.replace(/\r\n?/gu, '\n').replaceAll('\0', '');
          const runs = /^(?:[\s"']*[=+\-@＝]|[\t\r\n])/u.test(written);
          expect(inCell).toBe(runs ? `'${written}` : written);
        },
      ),
    );
  });
});
