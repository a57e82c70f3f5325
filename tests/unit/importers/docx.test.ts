import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  LevelFormat,
  Packer,
  Paragraph,
  SimpleField,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import type { IPropertiesOptions } from 'docx';
import { describe, expect, it } from 'vitest';
import { docxImporter } from '#server/importers/docx/docx.ts';
import { blocksOf, titlesOf } from './shown.ts';

const read = (bytes: Uint8Array) => docxImporter.read(bytes, () => undefined);
const make = async (options: Partial<IPropertiesOptions> & { children: (Paragraph | Table)[] }) => {
  const { children, ...rest } = options;
  return new Uint8Array(await Packer.toBuffer(new Document({ ...rest, sections: [{ children }] })));
};
const styled = (style: string, text: string) => new Paragraph({ style, text });
const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('DOCX', () => {
  it('IM214 a caption stands under its picture with its number, the contents that Word has set are left out, a subtitle is told', async () => {
    const bytes = await make({
      styles: {
        paragraphStyles: ['Subtitle', 'caption', 'toc 1', 'TOC Heading'].map((name) => ({
          id: name.replace(' ', ''),
          name,
        })),
      },
      children: [
        new Paragraph({ text: 'The Lamp', heading: HeadingLevel.TITLE }),
        styled('Subtitle', 'A Tale'),
        styled('TOCHeading', 'Contents'),
        styled('toc1', 'The Oil\t3'),
        heading('The Oil'),
        new Paragraph({
          children: [new ImageRun({ type: 'png', data: png, transformation: { width: 9, height: 9 } })],
        }),
        new Paragraph({
          style: 'caption',
          children: [new TextRun('Figure '), new SimpleField('SEQ Figure', '1'), new TextRun('. Oil')],
        }),
        new Paragraph('It was dark.'),
      ],
    });
    const book = await read(bytes);
    expect([book.title, ...titlesOf(book)]).toEqual(['The Lamp: A Tale', 'The Oil']);
    expect(blocksOf(book)).toEqual(['figure: Figure 1. Oil', 'paragraph: It was dark.']);
  });

  it('IM130 headings make chapters; lists, tables, pictures, links and marks are kept', async () => {
    const bytes = await make({
      title: 'The Lamp',
      creator: 'Ada Quill',
      description: 'Of lamps.',
      numbering: {
        config: [{ reference: 'n', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.' }] }],
      },
      children: [
        heading('The Oil'),
        new Paragraph({
          children: [
            new TextRun('It was '),
            new TextRun({ text: 'very', italics: true }),
            new TextRun({ text: ' dark', bold: true }),
            new TextRun(', '),
            new ExternalHyperlink({ link: 'https://a.org/', children: [new TextRun('out')] }),
            new ExternalHyperlink({ link: 'javascript:alert(1)', children: [new TextRun(' not')] }),
          ],
        }),
        new Paragraph({ text: 'a lantern', bullet: { level: 0 } }),
        new Paragraph({ text: 'some oil', numbering: { reference: 'n', level: 0 } }),
        new Table({
          rows: [
            new TableRow({
              children: ['oil', 'none'].map((text) => new TableCell({ children: [new Paragraph(text)] })),
            }),
          ],
        }),
        new Paragraph({
          children: [
            new ImageRun({
              type: 'png',
              data: png,
              transformation: { width: 10, height: 10 },
              altText: { name: 'lamp', description: 'a lamp', title: '' },
            }),
          ],
        }),
        new Paragraph('* * *'),
        new Paragraph('Later.'),
        heading('The Dark'),
        new Paragraph('It was dark in the harbour, and it was dark on the river, and he was not there to see it.'),
      ],
    });
    const book = await read(bytes);
    expect([book.title, book.author, book.about?.summary, book.language]).toEqual([
      'The Lamp',
      'Ada Quill',
      'Of lamps.',
      'en',
    ]);
    expect(titlesOf(book)).toEqual(['The Oil', 'The Dark']);
    expect(blocksOf(book)).toEqual([
      'paragraph: It was very dark, out not [very|emphasis] [dark|strong] [out|https://a.org/]',
      'listItem-@0: a lantern',
      'listItem1@0: some oil',
      'table: oil\tnone',
      'figure:',
      'break:',
      'paragraph: Later.',
      expect.stringContaining('It was dark in the harbour'),
    ]);
    const figure = book.chapters[0]?.blocks.find((block) => block.type === 'figure');
    expect(figure).toMatchObject({ alt: 'a lamp' });
    const picture = await book.readPicture?.(figure?.type === 'figure' ? (figure.picture ?? '') : '');
    expect(Buffer.from(picture ?? []).equals(png)).toBe(true);
  });

  it('IM131 foot- and endnotes are notes, without the numbers and arrows around them', async () => {
    const book = await read(
      await make({
        footnotes: { 1: { children: [new Paragraph('Of brass.'), new Paragraph('And old.')] } },
        children: [
          new Paragraph({
            children: [new TextRun('A lamp'), new FootnoteReferenceRun(1), new TextRun(' hung there.')],
          }),
        ],
      }),
    );
    expect(blocksOf(book)).toEqual([
      'paragraph: A lamp hung there. [|noteref]',
      'paragraph: Of brass.',
      'paragraph: And old.',
    ]);
    const [text, ...notes] = book.chapters[0]?.blocks ?? [];
    const [reference] = text?.marks ?? [];
    expect(reference).toMatchObject({ start: 6, end: 6, label: '1' });
    expect(notes.map(({ note }) => note)).toEqual([
      reference?.type === 'noteref' ? reference.target : '',
      reference?.type === 'noteref' ? reference.target : '',
    ]);
  });

  it('IM132 tracked changes are read as accepted', async () => {
    const change = { id: 1, author: 'Bo', date: '2026-01-01T00:00:00Z' };
    const book = await read(
      await make({
        children: [
          new Paragraph({
            children: [
              new TextRun('It was '),
              new DeletedTextRun({ text: 'light', ...change }),
              new InsertedTextRun({ text: 'dark', ...change, id: 2 }),
              new TextRun('.'),
            ],
          }),
        ],
      }),
    );
    expect(blocksOf(book)).toEqual(['paragraph: It was dark.']);
  });

  it('IM133 comments are kept beside the text, with their words, author and time, over paragraphs too', async () => {
    const date = new Date('2026-03-01T10:00:00Z');
    const book = await read(
      await make({
        comments: {
          children: [
            { id: 0, author: 'Bo Ink', date, children: [new Paragraph('Too dark?'), new Paragraph('Or not.')] },
            { id: 1, author: 'Cy', date, children: [new Paragraph('Both of these.')] },
          ],
        },
        children: [
          new Paragraph({
            children: [
              new TextRun('It was '),
              new CommentRangeStart(0),
              new TextRun({ text: 'very ', italics: true }),
              new TextRun('dark'),
              new CommentRangeEnd(0),
              new TextRun({ children: [new CommentReference(0)] }),
              new CommentRangeStart(1),
              new TextRun('. Yes.'),
            ],
          }),
          new Paragraph({
            children: [
              new TextRun('And cold'),
              new CommentRangeEnd(1),
              new TextRun({ children: [new CommentReference(1)] }),
              new TextRun('.'),
            ],
          }),
        ],
      }),
    );
    expect(blocksOf(book)).toEqual(['paragraph: It was very dark. Yes. [very|emphasis]', 'paragraph: And cold.']);
    expect(book.comments).toEqual([
      {
        author: 'Bo Ink',
        at: date.getTime(),
        body: 'Too dark?\n\nOr not.',
        start: { block: 'commented 0', offset: 7 },
        end: { block: 'commented 0', offset: 16 },
      },
      {
        author: 'Cy',
        at: date.getTime(),
        body: 'Both of these.',
        start: { block: 'commented 0', offset: 16 },
        end: { block: 'commented 1', offset: 8 },
      },
    ]);
  });

  it('IM134 a title by its style, and chapters that are typed and not styled', async () => {
    const book = await read(
      await make({
        children: [
          new Paragraph({ text: 'The Lamp', heading: HeadingLevel.TITLE }),
          new Paragraph({ children: [new TextRun({ text: 'Chapter 1', bold: true })] }),
          new Paragraph('It was dark.'),
          new Paragraph('Chapter Two'),
          new Paragraph('It was darker.'),
        ],
      }),
    );
    expect(book.title).toBe('The Lamp');
    expect(titlesOf(book)).toEqual(['Chapter 1', 'Chapter Two']);
    expect(blocksOf(book)).toEqual(['paragraph: It was dark.', 'paragraph: It was darker.']);
  });
});
