import { getResolvedPDFJS } from 'unpdf';
import { CONTENTS_ENTRIES_MAX, PDF_ITEMS_PER_PAGE_MAX, PDF_PAGES_MAX } from '#server/limits.ts';
import { RefusedError } from '../importer.ts';
import type { OutlineEntry } from './outline.ts';
import type { PdfPage, TextItem } from './page.ts';

/** Names of fonts come only with what a page paints, which is slow to read: a book's fonts show on its first pages. */
const PAGES_PAINTED_MAX = 30;
/** Text that runs up the page's edge or across it as a watermark is not read. */
const TILT_MAX = 0.05;

const italicName = /italic|oblique|kursiv|(?:^|\+)(?:CMTI|CMSL|SFTI|SFSL)\d/iu;
const boldName = /bold|black|heavy|(?:^|\+)(?:CMBX|SFBX)\d/iu;

export interface PdfText {
  title: string | null;
  author: string | null;
  language: string | null;
  pages: PdfPage[];
  outline: OutlineEntry[];
}

type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;
type PdfDocument = Awaited<ReturnType<PdfJs['getDocument']>['promise']>;
type Page = Awaited<ReturnType<PdfDocument['getPage']>>;
type FontLook = Pick<TextItem, 'isItalic' | 'isBold'>;

/**
 * Reads the text layer of a PDF with PDF.js: nothing is painted, no picture decoded, no font loaded, no script run, and
 * nothing fetched. Refused where it is locked, broken or too long.
 */
export async function openPdf(bytes: Uint8Array, onProgress: (progress: number) => void): Promise<PdfText> {
  const pdfjs = await getResolvedPDFJS();
  const task = pdfjs.getDocument({
    // PDF.js takes the memory of what it is given.
    data: bytes.slice(),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    maxImageSize: 1,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    if (document.numPages > PDF_PAGES_MAX) {
      throw new RefusedError(
        'too-long',
        `This PDF has ${document.numPages.toLocaleString('en')} pages; ${PDF_PAGES_MAX.toLocaleString('en')} is the most.`,
      );
    }
    return await readText(pdfjs, document, onProgress);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    await task.destroy();
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof RefusedError || !(error instanceof Error)) return error;
  if (error.name === 'PasswordException') {
    return new RefusedError(
      'file-locked',
      'This PDF is locked with a password. Save a copy without one, and bring that in.',
    );
  }
  return new RefusedError('file-broken', 'This PDF is damaged and cannot be read. Try to save or download it again.');
}

async function readText(pdfjs: PdfJs, document: PdfDocument, onProgress: (progress: number) => void): Promise<PdfText> {
  const { info } = await document.getMetadata();
  const labels = await document.getPageLabels();
  const fonts = new Map<string, FontLook>();
  const pages: PdfPage[] = [];
  let painted = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items, needsFonts } = await itemsOf(pdfjs, page, fonts, painted < PAGES_PAINTED_MAX);
    if (needsFonts) painted += 1;
    const { width, height } = page.getViewport({ scale: 1 });
    pages.push({ width, height, label: labels?.[number - 1] ?? String(number), items });
    page.cleanup();
    onProgress(number / document.numPages);
  }
  const told = info as { Title?: unknown; Author?: unknown; Language?: unknown };
  return {
    title: wordsOf(told.Title),
    author: wordsOf(told.Author),
    language: wordsOf(told.Language),
    pages,
    outline: await outlineOf(document, pages),
  };
}

function wordsOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

async function itemsOf(
  pdfjs: PdfJs,
  page: Page,
  fonts: Map<string, FontLook>,
  mayPaint: boolean,
): Promise<{ items: TextItem[]; needsFonts: boolean }> {
  const content = await page.getTextContent();
  const unknown = Object.keys(content.styles).filter((name) => !fonts.has(name));
  const needsFonts = unknown.length > 0 && mayPaint;
  if (needsFonts) await learnFonts(page, unknown, fonts);
  const view = page.getViewport({ scale: 1 });
  const items: TextItem[] = [];
  for (const item of content.items.slice(0, PDF_ITEMS_PER_PAGE_MAX)) {
    if (!('str' in item) || item.str === '') continue;
    const [across = 0, tilt = 0, c = 0, d = 0, x = 0, y = 0] = pdfjs.Util.transform(
      view.transform,
      item.transform as number[],
    ) as number[];
    if (Math.abs(tilt) > Math.abs(across) * TILT_MAX) continue;
    const look = fonts.get(item.fontName) ?? { isItalic: false, isBold: false };
    items.push({ text: item.str, x, y, width: item.width, size: Math.hypot(c, d), ...look });
  }
  return { items, needsFonts };
}

async function learnFonts(page: Page, names: readonly string[], fonts: Map<string, FontLook>): Promise<void> {
  // What a page paints may be broken where its text is not; then its fonts look like any other.
  await page.getOperatorList().catch(() => null);
  for (const name of names) {
    const font = page.commonObjs.has(name)
      ? (page.commonObjs.get(name) as { name?: unknown; bold?: unknown; italic?: unknown } | null)
      : null;
    const told = typeof font?.name === 'string' ? font.name : '';
    fonts.set(name, {
      isItalic: font?.italic === true || italicName.test(told),
      isBold: font?.bold === true || boldName.test(told),
    });
  }
}

async function outlineOf(document: PdfDocument, pages: readonly PdfPage[]): Promise<OutlineEntry[]> {
  type Node = Awaited<ReturnType<PdfDocument['getOutline']>>[number];
  const roots: Node[] | null = await document.getOutline().catch(() => null);
  const entries: OutlineEntry[] = [];
  const waiting = (roots ?? []).toReversed().map((node) => ({ node, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined && entries.length < CONTENTS_ENTRIES_MAX; next = waiting.pop()) {
    const { node, depth } = next;
    const place = await placeOf(document, node.dest);
    const height = pages[place?.page ?? -1]?.height;
    const title = node.title.replace(/\s+/gu, ' ').trim();
    if (place !== null && height !== undefined && title !== '')
      entries.push({ title, depth, page: place.page, y: place.up === null ? null : height - place.up });
    for (const child of (node.items as Node[]).toReversed()) waiting.push({ node: child, depth: depth + 1 });
  }
  return entries;
}

/** Where a destination leads: a page by its index, and how far up on it (ISO 32000-2, 12.3.2.2). */
async function placeOf(
  document: PdfDocument,
  dest: string | unknown[] | null,
): Promise<{ page: number; up: number | null } | null> {
  try {
    const explicit = typeof dest === 'string' ? await document.getDestination(dest) : dest;
    const [target, kind, first, second] = (explicit ?? []) as [unknown, { name?: unknown }?, unknown?, unknown?];
    if (target === undefined || target === null) return null;
    const page =
      typeof target === 'number'
        ? target
        : await document.getPageIndex(target as Parameters<PdfDocument['getPageIndex']>[0]);
    const up = kind?.name === 'XYZ' ? second : kind?.name === 'FitH' || kind?.name === 'FitBH' ? first : null;
    return { page, up: typeof up === 'number' ? up : null };
  } catch {
    // A line of the contents that leads nowhere is no reason to refuse the book.
    return null;
  }
}
