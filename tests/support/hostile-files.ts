import { deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { makePdf, prose } from '#tests/support/make-pdf.ts';

/** A file that was made to harm or came broken, and what becomes of it: a book of this format, or a refusal with a code. */
export interface HostileFile {
  name: string;
  what: string;
  outcome: Format | RefusalCode;
  bytes: Uint8Array;
}

const WORDS = 'The good text of the file.';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const document = (body: string, before = '') =>
  `<?xml version="1.0"?>${before}<w:document ${W} xmlns:r="${R}"><w:body>${body}</w:body></w:document>`;

/** A Word document whose parts are these; `word/document.xml` holds the good text unless told otherwise. */
function docx(parts: Record<string, string | Uint8Array> = {}): Uint8Array {
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': document(paragraph(WORDS)),
    ...parts,
  };
  return zip(files);
}

function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const packed: Zippable = {};
  for (const [name, content] of Object.entries(files))
    packed[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(packed);
}

const relations = (...targets: [id: string, type: string, target: string][]) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(
      ([id, type, target]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}" TargetMode="External"/>`,
    )
    .join('')}</Relationships>`;

const fb2 = (body: string, before = '', after = '') =>
  strToU8(
    `<?xml version="1.0" encoding="utf-8"?>${before}<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><book-title>The Lamp</book-title></title-info></description><body>${body}</body>${after}</FictionBook>`,
  );
const section = `<section><p>${WORDS}</p></section>`;
const page = (inside: string) =>
  strToU8(`<!doctype html><html><body><p>${WORDS}</p>${inside}<p>And its end.</p></body></html>`);

/** The sizes that a ZIP's headers state for an entry (PKWARE APPNOTE 4.3.7, 4.3.12), set to what they are not. */
function withStatedSize(bytes: Uint8Array, name: string, size: number): Uint8Array {
  const lied = bytes.slice();
  const view = new DataView(lied.buffer);
  for (let at = 0; at + 46 < lied.length; at += 1) {
    const signature = view.getUint32(at, true);
    const nameAt = signature === 0x04034b50 ? at + 30 : signature === 0x02014b50 ? at + 46 : 0;
    if (nameAt === 0 || Buffer.from(lied.subarray(nameAt, nameAt + name.length)).toString() !== name) continue;
    view.setUint32(at + (signature === 0x04034b50 ? 22 : 24), size, true);
  }
  return lied;
}

/** Sets the flag that says an archive's entries are encrypted (4.4.4, bit 0). */
function withEncryptedFlag(bytes: Uint8Array): Uint8Array {
  const locked = bytes.slice();
  const view = new DataView(locked.buffer);
  for (let at = 0; at + 10 < locked.length; at += 1) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint16(at + 6, view.getUint16(at + 6, true) | 1, true);
    if (signature === 0x02014b50) view.setUint16(at + 8, view.getUint16(at + 8, true) | 1, true);
  }
  return locked;
}

/** A compound file's beginning, and a directory that names this stream. */
function compoundFile(stream: string): Uint8Array {
  const bytes = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  Buffer.from(stream, 'utf16le').copy(bytes, 1_024);
  return new Uint8Array(bytes);
}

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

/**
 * The corpus of `docs/importing.md`. `trap` is an address that must never be called, and files name it wherever a program
 * could be made to fetch something.
 */
export async function hostileFiles(trap: string): Promise<HostileFile[]> {
  return [...hostileWord(trap), ...hostileFb2(trap), ...(await hostilePdf(trap)), ...hostileTexts(trap)];
}

function hostileWord(trap: string): HostileFile[] {
  const linked = document(
    `${paragraph(WORDS)}<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="x" descr="a far picture"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
  );
  const deep = document(
    `${'<w:sdt><w:sdtContent>'.repeat(3_000)}${paragraph(WORDS)}${'</w:sdtContent></w:sdt>'.repeat(3_000)}`,
  );
  const bomb = document(paragraph('0'.repeat(30_000_000)));
  return [
    {
      name: 'docx-bomb',
      what: 'A part of 30 MB packed into 30 kB',
      outcome: 'file-unpacks-too-large',
      bytes: docx({ 'word/document.xml': bomb }),
    },
    {
      name: 'docx-lying-size',
      what: 'A header that states a tenth of a part’s size',
      outcome: 'file-broken',
      bytes: withStatedSize(docx(), 'word/document.xml', 20),
    },
    {
      name: 'docx-many-parts',
      what: 'Six thousand parts',
      outcome: 'file-unpacks-too-large',
      bytes: docx(Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [`x/${index}`, '']))),
    },
    {
      name: 'docx-outside',
      what: 'A part named `../../etc/passwd`',
      outcome: 'file-broken',
      bytes: docx({ '../../etc/passwd': 'root:x' }),
    },
    {
      name: 'docx-locked-parts',
      what: 'Parts that are marked as encrypted',
      outcome: 'file-locked',
      bytes: withEncryptedFlag(docx()),
    },
    {
      name: 'docx-password',
      what: 'A Word document with a password (a compound file)',
      outcome: 'file-locked',
      bytes: compoundFile('EncryptedPackage'),
    },
    {
      name: 'doc',
      what: 'A Word document of the kind before 2007',
      outcome: 'file-not-text',
      bytes: compoundFile('WordDocument'),
    },
    {
      name: 'docx-doctype',
      what: 'A document type with entities that name a file and each other',
      outcome: 'file-broken',
      bytes: docx({
        'word/document.xml': document(
          paragraph('&b;'),
          '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>',
        ),
      }),
    },
    {
      name: 'docx-deep',
      what: 'Elements nested six thousand deep',
      outcome: 'file-broken',
      bytes: docx({ 'word/document.xml': deep }),
    },
    { name: 'docx-cut', what: 'The first half of the file', outcome: 'file-not-text', bytes: docx().slice(0, 400) },
    {
      name: 'docx-no-document',
      what: 'An archive without the document itself',
      outcome: 'file-broken',
      bytes: zip({ '[Content_Types].xml': '<Types/>', 'word/x.xml': '<x/>' }),
    },
    {
      name: 'docx-ill-formed',
      what: 'A document that is no well-formed XML',
      outcome: 'file-broken',
      bytes: docx({ 'word/document.xml': document('<w:p><w:r>') }),
    },
    {
      name: 'docx-macros',
      what: 'Macros',
      outcome: 'docx',
      bytes: docx({ 'word/vbaProject.bin': new Uint8Array(999) }),
    },
    {
      name: 'docx-archive-inside',
      what: 'An archive as a part',
      outcome: 'docx',
      bytes: docx({ 'word/embeddings/x.zip': zip({ a: 'b' }) }),
    },
    {
      name: 'docx-far-picture',
      what: 'A picture and a template on a server',
      outcome: 'docx',
      bytes: docx({
        'word/document.xml': linked,
        'word/_rels/document.xml.rels': relations(
          ['r2', 'image', `${trap}/a.png`],
          ['r3', 'attachedTemplate', `${trap}/a.dotm`],
        ),
      }),
    },
    {
      name: 'docx-own-files',
      what: 'A picture that is a file of the server',
      outcome: 'docx',
      bytes: docx({
        'word/document.xml': linked,
        'word/_rels/document.xml.rels': relations(['r2', 'image', 'file:///etc/passwd']),
      }),
    },
    {
      name: 'docx-script-link',
      what: 'A `javascript:` link',
      outcome: 'docx',
      bytes: docx({
        'word/document.xml': document(`<w:p><w:hyperlink r:id="r2"><w:r><w:t>${WORDS}</w:t></w:r></w:hyperlink></w:p>`),
        'word/_rels/document.xml.rels': relations(['r2', 'hyperlink', 'javascript:alert(1)']),
      }),
    },
    {
      name: 'odt',
      what: 'An OpenDocument text',
      outcome: 'file-not-text',
      bytes: zipSync({
        mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
        'content.xml': strToU8('<x/>'),
      }),
    },
    { name: 'zip', what: 'An archive of something else', outcome: 'file-not-text', bytes: zip({ 'a.txt': WORDS }) },
  ];
}

function hostileFb2(trap: string): HostileFile[] {
  const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join(
    '',
  );
  return [
    {
      name: 'fb2-laughs',
      what: 'Entities that grow tenfold nine times, and one that names a file',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS} &l9; &f;</p></section>`,
        `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % e SYSTEM "${trap}/e.dtd"> %e;]>`,
      ),
    },
    {
      name: 'fb2-deep',
      what: 'Sections nested ten thousand deep',
      outcome: 'file-broken',
      bytes: fb2('<section>'.repeat(10_000)),
    },
    {
      name: 'fb2-cut',
      what: 'The file ends inside its first paragraph',
      outcome: 'fb2',
      bytes: fb2(section).slice(0, 330),
    },
    { name: 'fb2-empty', what: 'Nothing but its root', outcome: 'file-no-words', bytes: fb2('') },
    {
      name: 'fb2-far-picture',
      what: 'Pictures and a stylesheet on a server',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="${trap}/a.png" alt="a far picture"/></section>`,
        `<?xml-stylesheet href="${trap}/a.css"?>`,
      ),
    },
    {
      name: 'fb2-no-picture',
      what: 'A program that calls itself a picture',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="#x"/></section>`,
        '',
        `<binary id="x" content-type="image/png">${Buffer.from('MZ\u0090').toString('base64')}</binary>`,
      ),
    },
    {
      name: 'fb2-picture-bomb',
      what: 'A picture of 40,000 by 40,000 pixels in 60 bytes',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="#x"/></section>`,
        '',
        `<binary id="x" content-type="image/png">${hugePicture()}</binary>`,
      ),
    },
    {
      name: 'fb2-wrong-encoding',
      what: 'A prolog that names an encoding nobody knows',
      outcome: 'fb2',
      bytes: strToU8(`<?xml version="1.0" encoding="klingon"?><FictionBook><body>${section}</body></FictionBook>`),
    },
    {
      name: 'fb2-zip-bomb',
      what: 'A packed file of 30 MB in 30 kB',
      outcome: 'file-unpacks-too-large',
      bytes: zip({ 'lamp.fb2': fb2(`<section><p>${'0'.repeat(30_000_000)}</p></section>`) }),
    },
    {
      name: 'fb2-note-circle',
      what: 'Notes that refer to themselves and to each other',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}<a l:href="#a" type="note">1</a></p></section></body><body name="notes"><section id="a"><p>One<a l:href="#b" type="note">2</a></p></section><section id="b"><p>Two<a l:href="#a" type="note">1</a><a l:href="#b" type="note">2</a></p></section>`,
      ),
    },
  ];
}

/** The header of a PNG that states 40,000 by 40,000 pixels (PNG specification, 11.2.1), without them. */
function hugePicture(): string {
  return Buffer.from('89504e470d0a1a0a0000000d4948445200009c4000009c400800000000', 'hex').toString('base64');
}

async function hostilePdf(trap: string): Promise<HostileFile[]> {
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

function hostileTexts(trap: string): HostileFile[] {
  return [
    {
      name: 'html-active',
      what: 'Scripts, handlers, frames, forms, refreshes',
      outcome: 'html',
      bytes: page(
        `<script src="${trap}/x.js">fetch("${trap}")</script><iframe src="${trap}/f"></iframe><img src="${trap}/i.png" onerror="fetch('${trap}')"><meta http-equiv="refresh" content="0;url=${trap}"><form action="${trap}"><button>x</button></form><svg onload="x()"><image href="${trap}/s.png"/></svg>`,
      ),
    },
    {
      name: 'html-far',
      what: 'Stylesheets, fonts, pictures and media on a server',
      outcome: 'html',
      bytes: page(
        `<link rel=stylesheet href="${trap}/a.css"><style>@import url(${trap}/b.css); p { background: url(${trap}/c.png) }</style><figure><img src="${trap}/d.png"><figcaption>far</figcaption></figure><video src="${trap}/e.mp4" poster="${trap}/f.png"></video><object data="${trap}/g"></object>`,
      ),
    },
    {
      name: 'html-deep',
      what: 'Elements nested fifty thousand deep',
      outcome: 'html',
      bytes: page('<div><b>'.repeat(25_000)),
    },
    {
      name: 'html-table-deep',
      what: 'Tables nested three thousand deep',
      outcome: 'html',
      bytes: page('<table><tr><td>'.repeat(3_000)),
    },
    {
      name: 'html-attributes',
      what: 'An element with a hundred thousand attributes',
      outcome: 'html',
      bytes: page(`<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join(' ')}>x</p>`),
    },
    {
      name: 'html-styles',
      what: 'Half a megabyte of braces as a stylesheet',
      outcome: 'html',
      bytes: page(`<style>${'@media{.a{'.repeat(50_000)}</style>`),
    },
    {
      name: 'html-svg-data',
      what: 'A drawing with code in its address',
      outcome: 'html',
      bytes: page(
        `<img alt="x" src="data:image/svg+xml;base64,${Buffer.from('<svg onload="alert(1)"/>').toString('base64')}">`,
      ),
    },
    {
      name: 'markdown-deep',
      what: 'Quotations and lists nested a thousand deep',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${'> '.repeat(1_000)}${WORDS}\n\n${'- '.repeat(1_000)}x`),
    },
    {
      name: 'markdown-openers',
      what: 'Fifty thousand signs that open something',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${WORDS} ${'*a _b [c `d '.repeat(12_500)}`),
    },
    {
      name: 'markdown-note-circle',
      what: 'A footnote that refers to itself',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${WORDS}[^1]\n\n[^1]: See[^1] there.`),
    },
    {
      name: 'markdown-active',
      what: 'HTML with scripts, and links and pictures that run or fetch',
      outcome: 'markdown',
      bytes: strToU8(
        `# The Lamp\n\n${WORDS}\n\n<script>fetch("${trap}")</script>\n\n[x](javascript:alert(1)) ![y](${trap}/y.png)\n\n![z](${trap}/z.png)`,
      ),
    },
    {
      name: 'text-one-line',
      what: 'Ten million letters without a line’s end',
      outcome: 'text',
      bytes: strToU8(`${WORDS} `.repeat(370_000)),
    },
    {
      name: 'text-no-words',
      what: 'Nothing but signs',
      outcome: 'file-no-words',
      bytes: strToU8('* * *\n\n--- ***\n'.repeat(100)),
    },
    { name: 'text-zeros', what: 'A file of zeros', outcome: 'file-not-text', bytes: new Uint8Array(100_000) },
    {
      name: 'text-program',
      what: 'A program',
      outcome: 'file-not-text',
      bytes: Uint8Array.from({ length: 5_000 }, (_, index) =>
        index < 4 ? (0x464c457f >> (8 * index)) & 255 : (index * 131) % 256,
      ),
    },
    {
      name: 'text-picture',
      what: 'A picture by another name',
      outcome: 'file-not-text',
      bytes: strToU8('\u0089PNG\r\n', true),
    },
    {
      name: 'text-many',
      what: 'Twenty thousand and one paragraphs',
      outcome: 'too-long',
      bytes: strToU8('A word.\n\n'.repeat(20_001)),
    },
    {
      name: 'text-marks',
      what: 'A letter with a hundred thousand combining marks',
      outcome: 'text',
      bytes: strToU8(`${WORDS} a${'\u0301'.repeat(100_000)}`),
    },
    {
      name: 'text-odd-utf16',
      what: 'UTF-16 that ends in the middle of a letter',
      outcome: 'text',
      bytes: new Uint8Array([0xff, 0xfe, ...Buffer.from(WORDS, 'utf16le'), 0x41]),
    },
    { name: 'text-empty', what: 'Nothing', outcome: 'file-empty', bytes: new Uint8Array() },
  ];
}
