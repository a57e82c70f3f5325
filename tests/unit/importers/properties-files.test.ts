import * as fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { docxImporter } from '#server/importers/docx/docx.ts';
import { fb2Importer } from '#server/importers/fb2/fb2.ts';
import { RefusedError } from '#server/importers/importer.ts';
import type { DraftBook, FileImporter } from '#server/importers/importer.ts';
import { bookOfPdf } from '#server/importers/pdf/pdf.ts';
import { readBook } from '#server/importers/read-book.ts';
import { makePdf, prose } from '#tests/support/make-pdf.ts';
import { expectSound } from './sound.ts';

const words = [
  'a',
  'Word ',
  ' ',
  '\n',
  '\t',
  '\u00a0',
  'e\u0301',
  '\u0301',
  '😀',
  '\u202e',
  '\u00ad',
  'שלום',
  '漢字',
  '* * *',
  '-',
  '1',
];
const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(''));

/** Elements one within the other, of these names and with these attributes. */
const markup = (names: readonly string[], attributes: readonly string[]) =>
  fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      text,
      fc
        .tuple(fc.constantFrom(...names), fc.constantFrom('', ...attributes), fc.array(tie('node'), { maxLength: 4 }))
        .map(([name, attribute, inner]) => `<${name} ${attribute}>${inner.join('')}</${name}>`),
    ),
  })).node;

const number = (max: number) => fc.double({ min: 0, max, noNaN: true });

async function readOrRefused(importer: FileImporter, bytes: Uint8Array): Promise<DraftBook | null> {
  return importer
    .read(bytes, () => undefined)
    .catch((error: unknown) => {
      if (error instanceof RefusedError) return null;
      throw error;
    });
}

function orRefused(read: () => DraftBook): DraftBook | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

function isSound(book: DraftBook): true {
  expectSound(book);
  return true;
}

describe('whatever files come in', () => {
  it('IM50 FB2: marks lie within clean, composed text and nothing is thrown', async () => {
    const elements =
      'section title p v stanza poem cite epigraph empty-line emphasis strong a image table tr td subtitle style';
    const attributes = ['id="n"', 'l:href="#n" type="note"', 'l:href="#m"', 'l:href="https://x.org"', 'colspan="3"'];
    await fc.assert(
      fc.asyncProperty(markup(elements.split(' '), attributes), async (inside) => {
        const source = `<?xml version="1.0"?><FictionBook xmlns:l="http://www.w3.org/1999/xlink"><body>${inside}</body><body name="notes"><section id="n"><p>Note.</p></section></body></FictionBook>`;
        const book = await readOrRefused(fb2Importer, strToU8(source));
        expect(book !== null && isSound(book)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('IM50 Word: marks lie within clean, composed text and nothing is thrown', async () => {
    const elements =
      'w:p w:r w:t w:tbl w:tr w:tc w:hyperlink w:ins w:del w:br w:tab w:sdt w:sdtContent w:bookmarkStart w:commentRangeStart w:commentRangeEnd';
    const attributes = ['w:id="1"', 'w:name="b"', 'w:anchor="b"', 'r:id="r9"'];
    await fc.assert(
      fc.asyncProperty(markup(elements.split(' '), attributes), async (inside) => {
        const source = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>${inside}</w:body></w:document>`;
        const book = await readOrRefused(docxImporter, zipSync({ 'word/document.xml': strToU8(source) }));
        expect(book === null || isSound(book)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('IM50 PDF: letters anywhere on any pages are clean, composed text, or a refusal', () => {
    const item = fc.record({
      text,
      x: number(600),
      y: number(800),
      width: number(300),
      size: fc.oneof(fc.constantFrom(7, 10, 11, 24), number(60)),
      isItalic: fc.boolean(),
      isBold: fc.boolean(),
    });
    const pages = fc.array(
      fc.record({
        width: fc.constant(595),
        height: fc.constant(842),
        label: fc.option(fc.constantFrom('1', 'iv')),
        items: fc.array(item, { maxLength: 40 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    const entry = fc.record({
      title: text,
      depth: fc.nat(3),
      page: fc.nat(6),
      y: fc.option(number(800)),
    });
    fc.assert(
      fc.property(pages, fc.array(entry, { maxLength: 5 }), (made, outline) => {
        const pdf = { title: null, author: null, language: null, pages: made, outline };
        const book = orRefused(() => bookOfPdf(pdf));
        expect(book === null || isSound(book)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('IM50 honest files with bytes changed, cut or doubled become a book or a refusal', async () => {
    const section = `<section><title><p>One</p></title><p>${prose(5)}</p></section>`;
    const honest = [
      await makePdf((pdf) => pdf.text(prose(20))),
      strToU8(`<?xml version="1.0"?><FictionBook><body>${section.repeat(3)}</body></FictionBook>`),
      zipSync({
        'word/document.xml': strToU8(
          `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${prose(9)}</w:t></w:r></w:p></w:body></w:document>`,
        ),
      }),
    ];
    const change = fc.record({ at: fc.double({ min: 0, max: 0.9999, noNaN: true }), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...honest),
        fc.array(change, { maxLength: 8 }),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        async (file, changes, share) => {
          const bytes = file.slice(0, Math.ceil(file.length * (share > 0.8 ? 1 : share)));
          for (const { at, byte } of changes) bytes[Math.floor(at * bytes.length)] = byte;
          const outcome = await readBook(bytes, null, () => undefined);
          expect(outcome.ok ? outcome.format : outcome.message).not.toBe('');
        },
      ),
      { numRuns: 120 },
    );
  });
});
