import type { Direction } from '#shared/text/direction.ts';
import { PICTURE_MAX_BYTES, TEXT_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from './decode-xml.ts';
import { chaptersOf } from './epub-chapters.ts';
import type { EpubDocument } from './epub-chapters.ts';
import { readContents } from './epub-contents.ts';
import type { ContentsLine } from './epub-contents.ts';
import { readDocument } from './epub-document.ts';
import { NoteFinder } from './epub-notes.ts';
import { readPackage } from './epub-package.ts';
import type { EpubPackage } from './epub-package.ts';
import { directionOf, guessLanguage, languageTag } from './guess-language.ts';
import { RefusedError } from './importer.ts';
import type { DraftAbout, DraftBook, FileImporter } from './importer.ts';
import { parseXhtml } from './xml-tree.ts';
import { ZipArchive } from './zip-archive.ts';

/** Looking for notes is as much work as reading. */
const SURVEY_SHARE = 0.5;

/**
 * EPUB 2 and 3 in: the texts of the reading order, cut into chapters by the publisher's contents, with notes, pictures,
 * tables, verse, ruby and printed pages. Styles, scripts, fonts and remote resources are never looked at.
 */
export const epubImporter: FileImporter = {
  format: 'epub',
  async read(bytes, onProgress) {
    const archive = await ZipArchive.open(bytes);
    const book = await readPackage(archive);
    const contents = await readContents(archive, book);
    const paths = book.spine.filter((path) => path !== book.nav || book.spine.length === 1);
    const share = (index: number, from: number, to: number) => onProgress(from + ((to - from) * index) / paths.length);

    const finder = new NoteFinder();
    for (const [index, path] of paths.entries()) {
      share(index, 0, SURVEY_SHARE);
      finder.survey(path, parseXhtml(await textOf(archive, path)).root);
    }
    const notes = finder.notes();
    const { language, direction } = await languageOf(archive, book, paths);
    const documents: EpubDocument[] = [];
    for (const [index, path] of paths.entries()) {
      share(index, SURVEY_SHARE, 1);
      const source = await textOf(archive, path);
      const setting = {
        path,
        itemref: book.itemrefs.get(path),
        language,
        direction,
        notes: notes.get(path),
        pages: contents.pages,
      };
      documents.push(readDocument(source, setting));
    }
    return bookOf(book, withoutCover(documents, book.cover), contents.lines, archive, { language, direction });
  },
};

function bookOf(
  book: EpubPackage,
  documents: readonly EpubDocument[],
  lines: readonly ContentsLine[],
  archive: ZipArchive,
  setting: { language: string; direction: Direction },
): DraftBook {
  const { summary, rights, publisher, identifier, cover } = book;
  const about: DraftAbout = { summary, notes: rights, publisher, identifier, cover };
  const isNested = lines.some(({ depth }) => depth > 0);
  return {
    title: book.title,
    author: book.author,
    ...setting,
    about: isNested
      ? { ...about, contents: lines.map(({ title, depth, target }) => ({ title, depth, target })) }
      : about,
    chapters: chaptersOf(documents, lines),
    readPicture: async (name) => pictureInDrawing(await archive.read(name, PICTURE_MAX_BYTES)),
  };
}

const drawn = /<image\b[^<>]{0,500}?\bhref\s*=\s*["']data:image\/(?:png|jpe?g|gif|webp);base64,([^"']+)["']/gu;
/** Enough of a file to know a drawing by. */
const HEAD_BYTES = 1_000;

/** The one picture that a drawing is drawn around, as covers are; any other file is itself. Drawings are shown to nobody. */
function pictureInDrawing(bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null || !/<svg\b/u.test(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1'))) return bytes;
  const [only, ...more] = [...Buffer.from(bytes).toString('latin1').matchAll(drawn)];
  return only === undefined || more.length > 0 ? bytes : Buffer.from(only[1] ?? '', 'base64');
}

async function textOf(archive: ZipArchive, path: string): Promise<string> {
  const bytes = await archive.read(path, TEXT_MAX_BYTES);
  if (bytes === null) throw new RefusedError('file-broken');
  return bytes.length === 0 ? '' : decodeXml(bytes);
}

async function languageOf(
  archive: ZipArchive,
  { language: told, isRightToLeft }: EpubPackage,
  paths: readonly string[],
): Promise<{ language: string; direction: Direction }> {
  const tag = languageTag(told);
  if (tag !== null && tag !== 'und') return { language: tag, direction: directionOf(tag) };
  const middle = paths[Math.floor(paths.length / 2)] ?? '';
  const sample = (await textOf(archive, middle)).replace(/<[^<>]*>/gu, ' ');
  const language = guessLanguage(sample);
  return { language, direction: language === 'und' && isRightToLeft ? 'rtl' : directionOf(language) };
}

/** A page that shows nothing but the cover is what the shelf shows. */
function withoutCover(documents: EpubDocument[], cover: string | null): EpubDocument[] {
  const isCover = ({ blocks }: EpubDocument) => {
    const [only] = blocks;
    return blocks.length === 1 && only?.type === 'figure' && only.picture === cover && only.text === '';
  };
  const rest = documents.filter((document, index) => index > 1 || !isCover(document));
  return rest.length > 0 ? rest : documents;
}
