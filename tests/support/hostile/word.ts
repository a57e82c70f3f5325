import { strToU8, zipSync } from 'fflate';
import { compoundFile, withEncryptedFlag, withStatedSize, zip } from './archives.ts';
import { WORDS } from './hostile-file.ts';
import type { HostileFile } from './hostile-file.ts';

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

const relations = (...targets: [id: string, type: string, target: string][]) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(
      ([id, type, target]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}" TargetMode="External"/>`,
    )
    .join('')}</Relationships>`;

export function hostileWord(trap: string): HostileFile[] {
  const linked = document(
    `${paragraph(WORDS)}<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="x" descr="a far picture"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
  );
  const nested = (pairs: number): string =>
    document(`${'<w:sdt><w:sdtContent>'.repeat(pairs)}${paragraph(WORDS)}${'</w:sdtContent></w:sdt>'.repeat(pairs)}`);
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
      name: 'docx-far-doctype',
      what: 'A document type on a server, of which nothing is used',
      outcome: 'file-broken',
      bytes: docx({ 'word/document.xml': document(paragraph(WORDS), `<!DOCTYPE x SYSTEM "${trap}/x.dtd">`) }),
    },
    {
      name: 'docx-deep',
      what: 'Elements nested six thousand deep',
      outcome: 'file-broken',
      bytes: docx({ 'word/document.xml': nested(3_000) }),
    },
    {
      name: 'docx-rather-deep',
      what: 'Elements nested three hundred deep, which every stack would bear',
      outcome: 'file-broken',
      bytes: docx({ 'word/document.xml': nested(150) }),
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
