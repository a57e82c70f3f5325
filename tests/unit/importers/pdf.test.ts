import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { previewImport } from '#server/importers/preview-import.ts';
import { pdfImporter } from '#server/importers/pdf/pdf.ts';
import { readBook } from '#server/importers/read-book.ts';
import type { DraftBook } from '#server/importers/importer.ts';
import { makePdf, prose } from '#tests/support/make-pdf.ts';
import type { Pdf } from '#tests/support/make-pdf.ts';
import { blocksOf, titlesOf } from './shown.ts';

const read = (bytes: Uint8Array) => pdfImporter.read(bytes, () => undefined);
const textsOf = (book: DraftBook) => book.chapters.flatMap(({ blocks }) => blocks.map(({ text }) => text));
const paragraphs = Array.from({ length: 13 }, (_, index) => prose(5, index + 1));
/** Lines exactly where they are put, 12 points apart. */
const lines = (pdf: Pdf, x: number, y: number, texts: readonly string[]) => {
  for (const [index, text] of texts.entries()) pdf.text(text, x, y + index * 12, { lineBreak: false });
};

/** Heads and page numbers as book designers set them, on pages that are written already. */
function addHeads(pdf: Pdf, head: (page: number) => string): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    pdf.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
    pdf.font('Times-Roman').fontSize(9);
    pdf.text(head(page), 50, 25, { align: 'center', width: 320, lineBreak: false });
    pdf.text(String(page + 7), 50, 570, { align: 'center', width: 320, lineBreak: false });
  }
}

describe('PDF', () => {
  it('IM140 lines are paragraphs again, over pages too, without running heads and page numbers', async () => {
    const book = await read(
      await makePdf(
        (pdf) => {
          for (const chapter of ['Chapter One', 'Chapter Two']) {
            if (chapter === 'Chapter Two') pdf.addPage();
            pdf.font('Times-Bold').fontSize(18).text(chapter, { align: 'center' }).moveDown();
            pdf.font('Times-Roman').fontSize(11);
            for (const paragraph of paragraphs) pdf.text(paragraph, { align: 'justify', indent: 14 });
          }
          addHeads(pdf, (page) => (page % 2 === 0 ? 'THE LAMP' : 'ADA QUILL'));
        },
        { info: { Title: 'The Lamp', Author: 'Ada Quill' } },
      ),
    );
    expect([book.title, book.author, book.language]).toEqual(['The Lamp', 'Ada Quill', 'en']);
    expect(titlesOf(book)).toEqual(['Chapter One', 'Chapter Two']);
    expect(book.chapters.map(({ blocks }) => blocks.map(({ text }) => text))).toEqual([paragraphs, paragraphs]);
  });

  it('IM140 a head that says the title or the author is none of the text, on two pages too', async () => {
    const book = await read(
      await makePdf(
        (pdf) => {
          pdf
            .font('Times-Roman')
            .fontSize(11)
            .text(paragraphs[0] ?? '', { align: 'justify', indent: 14 });
          pdf.addPage().font('Times-Italic').fontSize(9).text('The Lamp 42', 50, 30);
          pdf
            .font('Times-Roman')
            .fontSize(11)
            .text(paragraphs[1] ?? '', 50, 60, { align: 'justify', indent: 14 });
        },
        { info: { Title: 'The Lamp', Author: 'Ada Quill' } },
      ),
    );
    expect(textsOf(book)).toEqual(paragraphs.slice(0, 2));
  });

  it('IM219 what a PDF is not read of is said in the preview', async () => {
    const picture = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00808080' } })
      .png()
      .toBuffer();
    const said = async (pictures: number) => {
      const bytes = await makePdf((pdf) => {
        pdf.text(paragraphs[0] ?? '');
        for (let count = 0; count < pictures; count += 1) pdf.image(Buffer.concat([picture]));
      });
      const outcome = await readBook(bytes, null, () => undefined);
      return outcome.ok ? previewImport(outcome.book, outcome.format, '').leftOut : [];
    };
    expect(await said(0)).toEqual([
      'Of a PDF the text is read, by its places on the page. A table, if it has one, comes line by line.',
    ]);
    expect((await said(1))[0]).toContain('Its picture stays out.');
    expect((await said(2))[0]).toContain('Its 2 pictures stay out.');
  });

  it('IM140 headings at the tops of pages are no running heads, however alike', async () => {
    const book = await read(
      await makePdf((pdf) => {
        for (const number of [1, 2, 3, 4]) {
          if (number > 1) pdf.addPage();
          pdf.font('Times-Roman').fontSize(number < 3 ? 11 : 16);
          pdf.text(`Chapter ${number}`, { align: 'center' }).moveDown(2).fontSize(11);
          pdf.text(paragraphs[number] ?? '', { align: 'justify', indent: 14 });
        }
      }),
    );
    expect(textsOf(book).concat(titlesOf(book)).join(' ')).toMatch(/Chapter 1.*Chapter 2.*Chapter 3.*Chapter 4/su);
  });

  it('IM141 two columns are read one after the other, between lines that span both', async () => {
    const book = await read(
      await makePdf(
        (pdf) => {
          pdf
            .font('Times-Bold')
            .fontSize(20)
            .text('On Lamps and the Reading of Rivers', { align: 'center' })
            .moveDown();
          pdf.font('Times-Roman').fontSize(12).text('Cy Reed', { align: 'center' }).moveDown().fontSize(10);
          for (const paragraph of paragraphs.slice(0, 6)) {
            pdf.text(paragraph, {
              columns: 2,
              columnGap: 20,
              height: 520,
              align: 'justify',
              indent: 12,
              continued: false,
            });
            pdf.addPage();
          }
          pdf.text(paragraphs.slice(6).join('\n'), {
            columns: 2,
            columnGap: 20,
            height: 300,
            align: 'justify',
            indent: 12,
          });
        },
        { size: 'A4', info: { Author: 'Cy Reed' } },
      ),
    );
    expect([book.title, book.author]).toEqual(['On Lamps and the Reading of Rivers', 'Cy Reed']);
    expect(textsOf(book)).toEqual(paragraphs);
  });

  it('IM142 words broken at a line’s end are whole again; hyphens that belong stay', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman').fontSize(10);
        lines(pdf, 50, 60, [
          'The captain carried the lantern up the long and winding stair-',
          'case, past the well-known door, and thought of it as a self-',
          'made sort of place, with an Anglo-American owner, an Anglo-',
          'American cook, and nothing known of the rest, not even a well-',
          'known name. Mother-in-law was what he called her; mother-in-',
          'law she was not, as every river pilot understood.',
        ]);
      }),
    );
    expect(textsOf(book)).toEqual([
      'The captain carried the lantern up the long and winding staircase, past the well-known door, and thought of it as ' +
        'a self-made sort of place, with an Anglo-American owner, an Anglo-American cook, and nothing known of the rest, not ' +
        'even a well-known name. Mother-in-law was what he called her; mother-in-law she was not, as every river pilot understood.',
    ]);
  });

  it('IM143 notes at the foot of a page are notes, and their numbers are no text', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman').fontSize(11);
        lines(pdf, 50, 60, [
          'It was dark upon the river that night, darker than it had been',
          'in many years, and the lamp',
        ]);
        const end = 50 + pdf.widthOfString('in many years, and the lamp');
        pdf.fontSize(7).text('1', end, 70.5, { lineBreak: false });
        pdf.fontSize(11);
        lines(pdf, 190, 72, ['was dim; nobody came to trim it.']);
        lines(pdf, 50, 84, ['They had other things to do than that, and did them all.']);
        pdf.fontSize(8);
        lines(pdf, 50, 500, [
          '1 A lamp of brass, such as pilots used in those years; see the',
          'museum of the harbour, where three are shown.',
        ]);
      }),
    );
    expect(blocksOf(book)).toEqual([
      'paragraph: It was dark upon the river that night, darker than it had been in many years, and the lamp was dim; ' +
        'nobody came to trim it. They had other things to do than that, and did them all. [|page] [|noteref]',
      'paragraph: A lamp of brass, such as pilots used in those years; see the museum of the harbour, where three are shown.',
    ]);
    expect(book.chapters[0]?.blocks[1]?.note).toBe('p0 1');
    expect(book.chapters[0]?.blocks[0]?.marks.find(({ type }) => type === 'noteref')).toMatchObject({
      target: 'p0 1',
      label: '1',
      start: 90,
      end: 90,
    });
  });

  it('IM144 italics and bold are marks, a wide gap is a scene break, short lines are verse, dots are a list', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman').fontSize(11);
        const options = { indent: 14, align: 'justify' } as const;
        for (const paragraph of paragraphs.slice(0, 3)) pdf.text(paragraph, options);
        pdf.text('It was ', { continued: true, indent: 14 }).font('Times-Italic').text('very', { continued: true });
        pdf
          .font('Times-Roman')
          .text(' dark, and ', { continued: true })
          .font('Times-Bold')
          .text('cold', { continued: true });
        pdf.font('Times-Roman').text(' with it.');
        pdf.moveDown(1.2);
        for (const paragraph of paragraphs.slice(3, 5)) pdf.text(paragraph, options);
        pdf.moveDown();
        lines(pdf, 90, pdf.y, ['the lamp burns low', 'the oil is gone', 'and I must go']);
        pdf.moveDown(2);
        lines(pdf, 50, pdf.y, ['• a lantern', '• some oil']);
      }),
    );
    expect(blocksOf(book).map((block) => block.slice(0, 84))).toEqual([
      expect.stringContaining('paragraph: The'),
      expect.stringContaining('paragraph: The'),
      expect.stringContaining('paragraph: The'),
      'paragraph: It was very dark, and cold with it. [very|emphasis] [cold|strong]',
      'break:',
      expect.stringContaining('paragraph: The'),
      expect.stringContaining('paragraph: The'),
      'verse: the lamp burns low\nthe oil is gone\nand I must go',
      'listItem-@0: a lantern',
      'listItem-@0: some oil',
    ]);
  });

  it('IM144 an item’s lines hang below its words, and what is set in on both sides is one paragraph', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman').fontSize(11);
        lines(pdf, 50, 60, [
          'The captain remembered what was written of lamps and of oil,',
          'and read it out to them by the last light that there was.',
        ]);
        lines(pdf, 80, 96, [
          'A lamp is trimmed at six and once more',
          'at nine; whoever lets it burn low while',
          'ships are on the river pays for the oil',
          'of all that month.',
        ]);
        lines(pdf, 50, 156, ['They looked at each other, and then at the two things which']);
        lines(pdf, 50, 168, ['were left to them:']);
        lines(pdf, 60, 192, ['• a lantern that had been found below the stairs of the']);
        lines(pdf, 70, 204, ['harbour office;']);
        lines(pdf, 60, 216, ['• some oil.']);
      }),
    );
    expect(blocksOf(book)).toEqual([
      expect.stringContaining('last light that there was.'),
      'paragraph: A lamp is trimmed at six and once more at nine; whoever lets it burn low while ships are on the river pays for the oil of all that month.',
      'paragraph: They looked at each other, and then at the two things which were left to them:',
      'listItem-@0: a lantern that had been found below the stairs of the harbour office;',
      'listItem-@0: some oil.',
    ]);
  });

  it('IM145 the file’s own contents make chapters, and lead to sections', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman');
        for (const [index, title] of ['The Lamp', 'The Oil', 'The Dark'].entries()) {
          if (index > 0) pdf.addPage();
          const entry = pdf.outline.addItem(title);
          pdf.fontSize(15).text(title).moveDown();
          pdf.fontSize(11).text(paragraphs[index] ?? '');
          if (index === 1) entry.addItem('A Section');
          if (index === 1) pdf.moveDown().fontSize(13).text('A Section').moveDown().fontSize(11).text(prose(3, 99));
        }
      }),
    );
    expect(titlesOf(book)).toEqual(['The Lamp', 'The Oil', 'The Dark']);
    expect(book.chapters[0]?.blocks.map(({ text }) => text)).toEqual([paragraphs[0]]);
    expect(book.chapters[1]?.blocks.map(({ text }) => text)).toEqual([paragraphs[1], 'A Section', prose(3, 99)]);
    expect(book.about?.contents?.map(({ title, depth }) => [title, depth])).toEqual([
      ['The Lamp', 0],
      ['The Oil', 0],
      ['A Section', 1],
      ['The Dark', 0],
    ]);
  });

  it('IM146 speeches of one line each stay apart; a large first letter belongs to its word', async () => {
    const book = await read(
      await makePdf((pdf) => {
        pdf.font('Times-Roman').fontSize(36).text('I', 50, 60, { lineBreak: false });
        pdf.fontSize(11);
        lines(pdf, 66, 62, [
          't was dark upon the river that night, darker than it had',
          'been in many years, and nobody had come to trim the',
        ]);
        lines(pdf, 50, 86, ['lamp, which was dim, and grew dimmer still as they went.']);
        lines(pdf, 64, 98, ['“Who is there?”', '“Only the captain, as it is every night.”', '“Come in.”']);
        lines(pdf, 64, 134, ['They went in, and were never seen again by anyone who']);
        lines(pdf, 50, 146, ['lived on the river in those years or in any later ones.']);
      }),
    );
    expect(textsOf(book)).toEqual([
      'It was dark upon the river that night, darker than it had been in many years, and nobody had come to trim the lamp, which was dim, and grew dimmer still as they went.',
      '“Who is there?”',
      '“Only the captain, as it is every night.”',
      '“Come in.”',
      'They went in, and were never seen again by anyone who lived on the river in those years or in any later ones.',
    ]);
  });

  it('IM147 scanned, locked and damaged files are refused with a sentence', async () => {
    const scan = await makePdf((pdf) => {
      for (let page = 0; page < 3; page += 1) pdf.addPage().rect(60, 60, 200, 300).fill('#888');
    });
    await expect(read(scan)).rejects.toMatchObject({ code: 'file-scanned', message: expect.stringContaining('OCR') });
    const locked = await makePdf((pdf) => pdf.text('Words.'), { userPassword: 'x' });
    await expect(read(locked)).rejects.toMatchObject({
      code: 'file-locked',
      message: expect.stringContaining('password'),
    });
    const whole = await makePdf((pdf) => pdf.text(prose(9)));
    await expect(read(whole.slice(0, 300))).rejects.toMatchObject({ code: 'file-broken' });
    await expect(read(new TextEncoder().encode('%PDF-1.7\nnothing'))).rejects.toMatchObject({ code: 'file-broken' });
  });
});
