import { directionOf, guessLanguage, languageTag } from '../guess-language.ts';
import { RefusedError } from '../importer.ts';
import type { DraftBook, DraftChapter, FileImporter } from '../importer.ts';
import { splitMarkedUpText } from '../split-chapters.ts';
import { bodyLookOf } from './body-look.ts';
import { takeFootNotes } from './foot-notes.ts';
import { withoutFurniture } from './furniture.ts';
import { vocabularyOf } from './join-lines.ts';
import { linesOf } from './lines.ts';
import { openPdf } from './open-pdf.ts';
import type { PdfText } from './open-pdf.ts';
import { cutAtOutline } from './outline.ts';
import { textOfLine } from './page.ts';
import type { Line } from './page.ts';
import { paragraphsOf } from './paragraphs.ts';
import { writeNotes, writeParagraphs } from './write-paragraphs.ts';

/** A scanned page has no letters, or a stamp of a library; a page of a picture book has a line. */
const LETTERS_PER_PAGE_MIN = 15;
/** Letters whose meaning the file does not tell come out as private or missing characters. */
const UNREADABLE_SHARE_MAX = 0.2;
const PROGRESS_OF_READING = 0.9;

/** What programs write into the title of a file when nobody did. */
const noTitle =
  /^(?:untitled|microsoft word|document\d*|print|layout \d+)\b|\.(?:docx?|odt|pdf|tex|dvi|indd|qxd|rtf|pages|html?)$|^https?:/iu;

/**
 * A PDF with a text layer in. The file knows only where letters are painted; lines, columns, paragraphs, headings, notes
 * and broken words are found again by their places and sizes. Pictures are left out.
 */
export const pdfImporter: FileImporter = {
  format: 'pdf',
  async read(bytes, onProgress) {
    const pdf = await openPdf(bytes, (part) => onProgress(part * PROGRESS_OF_READING));
    return { ...bookOfPdf(pdf), unreadPictures: picturesIn(bytes) };
  },
};

/**
 * How many pictures a PDF holds (ISO 32000-2, 8.9.5): each is a stream, and streams stand in the file as they are. What only
 * says which parts of another picture are seen through is none.
 */
function picturesIn(bytes: Uint8Array): number {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const count = (pattern: RegExp) => source.match(pattern)?.length ?? 0;
  return Math.max(0, count(/\/Subtype\s{0,4}\/Image\b/gu) - count(/\/SMask\s{1,4}\d/gu));
}

/** A book from the text layer of a PDF: pure, so that any pages can be tried. */
export function bookOfPdf(pdf: PdfText): DraftBook {
  const raw = pdf.pages.map(linesOf);
  refuseScans(raw);
  const set = withoutFurniture(raw, pdf.pages, [pdf.title, pdf.author]);
  const look = bodyLookOf(set);
  const { pages, notes } = takeFootNotes(set, look.size);
  const around = { look, notes, vocabulary: vocabularyOf(pages), labels: pdf.pages.map(({ label }) => label) };
  const placed = writeParagraphs(paragraphsOf(pages.flat(), look), around);
  const blocks = placed.map(({ block }) => block);
  const guess = guessLanguage(blocks.map(({ text }) => text).join('\n'));
  const language = guess === 'und' ? (languageTag(pdf.language) ?? guess) : guess;
  const title = pdf.title === null || noTitle.test(pdf.title) ? null : pdf.title;
  const outlined = cutAtOutline(placed, pdf.outline);
  const parts =
    outlined === null
      ? splitMarkedUpText(blocks, title, pdf.author)
      : { title: title ?? titlePageOf(outlined.chapters), author: pdf.author, chapters: outlined.chapters };
  // A note stands with its reference wherever it is put; the last chapter is as good as any.
  parts.chapters.at(-1)?.blocks.push(...writeNotes(around));
  const contents = outlined?.contents ?? [];
  return {
    ...parts,
    language,
    direction: directionOf(language),
    ...(contents.length > 0 ? { about: { contents } } : {}),
  };
}

/** The first heading on the pages before the first chapter. */
function titlePageOf([opening]: readonly DraftChapter[]): string | null {
  const first = opening?.title === '' ? opening.blocks.find(({ type }) => type !== 'break') : undefined;
  return first?.type === 'heading' ? first.text : null;
}

function refuseScans(pages: readonly (readonly Line[])[]): void {
  const text = pages.flat().map(textOfLine).join('');
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const strange = text.match(/[\p{Cc}\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0;
  if (strange > text.length * UNREADABLE_SHARE_MAX) {
    throw new RefusedError(
      'file-no-words',
      'This PDF shows letters without saying which they are, so its text cannot be read. Bring another format of it.',
    );
  }
  if (letters < pages.length * LETTERS_PER_PAGE_MIN) {
    throw new RefusedError(
      'file-scanned',
      'This PDF holds pictures of pages and no text. Run it through text recognition (OCR) first, or bring another format.',
    );
  }
}
