import { DOCX_PART_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from '../decode-xml.ts';
import { RefusedError } from '../importer.ts';
import { parseXml } from '../xml-tree.ts';
import type { ZipArchive } from '../zip-archive.ts';
import { withCommentPoints } from './word-comments.ts';

/** Before every id that mammoth makes up, so that none can be taken for a bookmark of the document. */
export const ID_PREFIX = 'docx ';

/** Of the table of contents that Word and LibreOffice set: its pages are not those here, and its lines are the chapters. */
const contentsStyles = [
  'TOC Heading',
  'Contents Heading',
  ...Array.from({ length: 9 }, (_, at) => [`toc ${at + 1}`, `Contents ${at + 1}`]).flat(),
];

/** Styles by the English names that every Word and LibreOffice writes into the file. The first that fits counts. */
const styleMap = [
  "p[style-name='Title'] => p.docx-title:fresh",
  "p[style-name='Subtitle'] => p.docx-subtitle:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  ...contentsStyles.map((name) => `p[style-name='${name}'] => p.docx-contents:fresh`),
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
  "p[style-name='Quotations'] => blockquote > p:fresh",
  "p[style-name='Verse'] => div.poem > div.line:fresh",
  "p[style-name='Poem'] => div.poem > div.line:fresh",
  "p[style-name='Poetry'] => div.poem > div.line:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
  "r[style-name='Emphasis'] => em",
  "r[style-name='Intense Emphasis'] => em",
  "r[style-name='Book Title'] => em",
  // What is underlined in a manuscript is meant to be set in italics.
  'u => em',
];

/**
 * How runs and paragraphs look beyond what is read: fonts, sizes, languages, revision numbers. They are most of what Word
 * writes, and each would be a node in memory three times over.
 */
const looks =
  /<w:(?:rFonts|sz|szCs|lang|color|kern|spacing|ind|jc|noProof|bCs|iCs|proofErr|lastRenderedPageBreak|shd|widowControl|keepNext|keepLines|contextualSpacing)(?:\s[^<>]{0,400})?\/>/gu;
/** mammoth passes over a simple field with all in it: the number of a figure, a cross-reference. */
const simpleFields = /<\/?w:fldSimple(?:\s[^<>]{0,2000})?>/gu;
const tags = /<w:[^<>]{1,2000}>/gu;
const revisions = /\s(?:w:rsid\w{0,10}|w14:\w{1,20})="[^"]{0,40}"/gu;

/** What mammoth asks of an archive (its `lib/zipfile.js`); it takes one in place of a path or a buffer. */
interface PartReader {
  exists(name: string): boolean;
  read(name: string, encoding?: 'base64' | 'utf-8'): Promise<string | Uint8Array>;
}

export interface ConvertedDocx {
  html: string;
  /** The bytes of each picture by the address that stands in the HTML; null where it is not in the file. */
  pictures: ReadonlyMap<string, () => Promise<Uint8Array | null>>;
}

/** Makes HTML of a Word document. Nothing outside the archive is read; pictures are read when they are asked for. */
export async function convertDocx(archive: ZipArchive): Promise<ConvertedDocx> {
  // Loaded only for Word documents: it is large.
  const { default: mammoth } = await import('mammoth');
  const pictures = new Map<string, () => Promise<Uint8Array | null>>();
  const convertImage = mammoth.images.imgElement((image) => {
    const src = `picture ${pictures.size + 1}`;
    // A linked picture is outside of the file, and stays there.
    pictures.set(src, () => image.readAsBuffer().catch(refusedOrNull));
    return Promise.resolve({ src });
  });
  const file = partReader(archive) as unknown as Buffer;
  try {
    const { value } = await mammoth.convertToHtml({ file } as unknown as { buffer: Buffer }, {
      styleMap,
      convertImage,
      idPrefix: ID_PREFIX,
      externalFileAccess: false,
      includeEmbeddedStyleMap: false,
    });
    return { html: value, pictures };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(
      'file-broken',
      'This Word document is damaged. Open it in Word or LibreOffice and save it again.',
    );
  }
}

function refusedOrNull(error: unknown): null {
  if (error instanceof RefusedError) throw error;
  return null;
}

function partReader(archive: ZipArchive): PartReader {
  return {
    exists: (name) => archive.has(name),
    read: async (name, encoding) => {
      const bytes = await archive.read(name, DOCX_PART_MAX_BYTES);
      if (bytes === null) throw new RefusedError('file-broken');
      if (encoding === 'base64') return Buffer.from(bytes).toString('base64');
      return encoding === undefined ? bytes : partText(bytes);
    },
  };
}

/**
 * A part as text, once it is known to be harmless: no document type (OPC, ECMA-376 part 2, 8.1.4, forbids it, and entities
 * live there), and not nested deeper than the stack of whoever reads it next.
 */
function partText(bytes: Uint8Array): string {
  const source = decodeXml(bytes);
  if (/<!DOCTYPE/iu.test(source)) throw new RefusedError('file-broken', 'This Word document holds what none may hold.');
  if (parseXml(source, true) === null) throw new RefusedError('file-broken');
  return withCommentPoints(
    source
      .replace(looks, '')
      .replace(simpleFields, '')
      .replace(tags, (tag) => tag.replace(revisions, '')),
  );
}
