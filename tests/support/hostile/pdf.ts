import { deflateRawSync } from 'node:zlib';
import { strToU8 } from 'fflate';
import { makePdf, prose } from '#tests/support/make-pdf.ts';
import { WORDS } from './hostile-file.ts';
import type { HostileFile } from './hostile-file.ts';

/** A PDF written by hand from its objects; the first is its catalogue. */
function rawPdf(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) text += `${String(place).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const streamOf = (data: Buffer, more = '') =>
  `<< /Length ${data.length} ${more} >>\nstream\n${data.toString('latin1')}\nendstream`;
const pdfText = Buffer.from(`BT /F1 12 Tf 50 700 Td (${WORDS}) Tj ET`);
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const pageObject = (contents = '4 0 R') =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} /Resources << /Font << /F1 5 0 R >> >> >>`;

export async function hostilePdf(trap: string): Promise<HostileFile[]> {
  const whole = await makePdf((pdf) => pdf.text(prose(9)));
  const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
  const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
  const active = `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL("${trap}/js");) >> /AA << /WC << /S /URI /URI (${trap}/uri) >> >> /AcroForm << /Fields [] /XFA (${trap}/xfa) >> >>`;
  const circle = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>',
    pageObject(),
    streamOf(pdfText),
    font,
  ];
  const zeros = deflateRawSync(Buffer.alloc(200_000_000));
  const zlib = Buffer.concat([Buffer.from('789c', 'hex'), zeros]);
  return [
    {
      name: 'pdf-password',
      what: 'A password to open it',
      outcome: 'file-locked',
      bytes: await makePdf((pdf) => pdf.text(WORDS), { userPassword: 'x' }),
    },
    {
      name: 'pdf-scan',
      what: 'Pictures of pages',
      outcome: 'file-scanned',
      bytes: await makePdf((pdf) => pdf.rect(60, 60, 200, 300).fill('#888')),
    },
    { name: 'pdf-cut', what: 'The first 300 bytes', outcome: 'file-broken', bytes: whole.slice(0, 300) },
    { name: 'pdf-head', what: 'A header and nothing else', outcome: 'file-broken', bytes: strToU8('%PDF-1.7\n') },
    {
      name: 'pdf-active',
      what: 'Scripts, addresses and forms that act when it is opened',
      outcome: 'pdf',
      bytes: rawPdf([active, pages, pageObject(), streamOf(pdfText), font]),
    },
    {
      name: 'pdf-far-stream',
      what: 'A page whose content is on a server',
      outcome: 'file-scanned',
      bytes: rawPdf([
        catalogue,
        pages,
        pageObject(),
        `<< /Length 0 /F << /FS /URL /F (${trap}/page) >> >>\nstream\n\nendstream`,
        font,
      ]),
    },
    { name: 'pdf-page-circle', what: 'A page tree that holds itself', outcome: 'file-broken', bytes: rawPdf(circle) },
    {
      name: 'pdf-page-count',
      what: 'A billion pages by its own account',
      outcome: 'pdf',
      bytes: rawPdf([
        catalogue,
        '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>',
        pageObject(),
        streamOf(pdfText),
        font,
      ]),
    },
    {
      name: 'pdf-bomb',
      what: 'A content stream of 200 MB packed into 200 kB',
      outcome: 'file-scanned',
      bytes: rawPdf([catalogue, pages, pageObject(), streamOf(zlib, '/Filter /FlateDecode'), font]),
    },
    {
      name: 'pdf-no-letters',
      what: 'Letters without saying which they are',
      outcome: 'file-no-words',
      bytes: rawPdf([
        catalogue,
        pages,
        pageObject(),
        streamOf(Buffer.from(`BT /F1 12 Tf 50 700 Td (${'\\001\\002\\003\\004'.repeat(20)}) Tj ET`)),
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> /Encoding << /Type /Encoding /Differences [1 /x1 /x2 /x3 /x4] >> /FirstChar 1 /LastChar 4 /Widths [1 1 1 1] >>',
      ]),
    },
  ];
}
