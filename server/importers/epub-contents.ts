import { CONTENTS_ENTRIES_MAX, NESTING_MAX, TEXT_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from './decode-xml.ts';
import { placeName, resolveHref } from './epub-href.ts';
import { byTag, xmlOf } from './epub-package.ts';
import type { EpubPackage } from './epub-package.ts';
import { attribute, isElement, shownText, typesOf } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';
import { parseXhtml } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A line of the publisher's table of contents, in order; `depth` counts from 0. */
export interface ContentsLine {
  title: string;
  depth: number;
  /** The name of a place (`placeName`). */
  target: string;
  /** Only holds the lines under it, and leads where the first of them leads. */
  isHeadingOnly: boolean;
}

export interface EpubContents {
  lines: ContentsLine[];
  /** Labels of printed pages by the names of the places where they begin. */
  pages: ReadonlyMap<string, string>;
}

/** The publisher's contents: the navigation document of EPUB 3, else the NCX of EPUB 2. Empty where there is neither. */
export async function readContents(archive: ZipArchive, book: EpubPackage): Promise<EpubContents> {
  const nav = book.nav === null ? null : await navOf(archive, book.nav);
  const told = nav !== null && nav.lines.length > 0 ? nav : await ncxOf(archive, book.ncx);
  const pages = nav !== null && nav.pages.size > 0 ? nav.pages : told.pages;
  return { lines: told.lines.slice(0, CONTENTS_ENTRIES_MAX), pages };
}

async function navOf(archive: ZipArchive, path: string): Promise<EpubContents | null> {
  const bytes = await archive.read(path, TEXT_MAX_BYTES);
  if (bytes === null) return null;
  const navs = byTag(parseXhtml(decodeXml(bytes)).root, 'nav');
  const toc = navs.find((nav) => typesOf(nav).includes('toc')) ?? null;
  const pageList = navs.find((nav) => typesOf(nav).includes('page-list'));
  const lines = toc === null ? [] : linesOf(toc, path);
  const pages = pageList === undefined ? [] : linesOf(pageList, path);
  return { lines, pages: new Map(pages.map(({ target, title }) => [target, title])) };
}

interface OpenLine {
  title: string;
  depth: number;
  target: string | null;
}

/** `ol > li > (a | span) + ol`. A line without a link leads where the first line under it leads. */
function linesOf(nav: HtmlElement, path: string): ContentsLine[] {
  const lines: OpenLine[] = [];
  // Depth first, in order: what stands under an item comes before the item after it.
  const steps: { item: HtmlElement; depth: number }[] = [];
  const enter = (list: HtmlElement, depth: number) => {
    for (const item of childrenNamed(list, 'li').toReversed()) steps.push({ item, depth });
  };
  for (const list of childrenNamed(nav, 'ol').slice(0, 1)) enter(list, 0);
  for (let step = steps.pop(); step !== undefined && lines.length <= CONTENTS_ENTRIES_MAX; step = steps.pop()) {
    const { item, depth } = step;
    const label = item.childNodes.filter((node) => isElement(node)).find(({ tagName }) => tagName !== 'ol');
    const title = label === undefined ? '' : shownText(label);
    const isTitled = title !== '';
    if (isTitled && label !== undefined) lines.push({ title, depth, target: targetOf(label, path) });
    for (const list of childrenNamed(item, 'ol').toReversed()) enter(list, isTitled ? depth + 1 : depth);
  }
  return withTargets(lines);
}

function targetOf(label: HtmlElement, path: string): string | null {
  const link = label.tagName === 'a' ? label : byTag(label, 'a')[0];
  const place = link === undefined ? null : resolveHref(path, attribute(link, 'href') ?? '');
  return place === null ? null : placeName(place);
}

async function ncxOf(archive: ZipArchive, path: string | null): Promise<EpubContents> {
  const ncx = path === null ? null : await xmlOf(archive, path);
  if (ncx === null || path === null) return { lines: [], pages: new Map() };
  const lines: OpenLine[] = [];
  const steps: { point: HtmlElement; depth: number }[] = [];
  const enter = (parent: HtmlParent, depth: number) => {
    for (const point of childrenNamed(parent, 'navPoint').toReversed()) steps.push({ point, depth });
  };
  for (const map of byTag(ncx, 'navMap').slice(0, 1)) enter(map, 0);
  for (let step = steps.pop(); step !== undefined && lines.length <= CONTENTS_ENTRIES_MAX; step = steps.pop()) {
    const { point, depth } = step;
    lines.push({ ...ncxLine(point, path), depth });
    enter(point, depth + 1);
  }
  const pages = byTag(ncx, 'pageTarget').flatMap((target): [string, string][] => {
    const line = ncxLine(target, path);
    return line.target === null || line.title === '' ? [] : [[line.target, line.title]];
  });
  return { lines: withTargets(lines.filter(({ title }) => title !== '')), pages: new Map(pages) };
}

function ncxLine(point: HtmlElement, path: string): { title: string; target: string | null } {
  const label = childrenNamed(point, 'navLabel')[0];
  const content = childrenNamed(point, 'content')[0];
  const place = content === undefined ? null : resolveHref(path, attribute(content, 'src') ?? '');
  return { title: label === undefined ? '' : shownText(label), target: place === null ? null : placeName(place) };
}

function withTargets(lines: readonly OpenLine[]): ContentsLine[] {
  return lines.flatMap((line, index): ContentsLine[] => {
    const target = line.target ?? firstUnder(lines, index);
    return target === null
      ? []
      : [{ title: line.title, depth: Math.min(line.depth, NESTING_MAX), target, isHeadingOnly: line.target === null }];
  });
}

function firstUnder(lines: readonly OpenLine[], index: number): string | null {
  const depth = lines[index]?.depth ?? 0;
  for (let at = index + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.depth <= depth) return null;
    if (line.target !== null) return line.target;
  }
  return null;
}

function childrenNamed(parent: HtmlParent, name: string): HtmlElement[] {
  return parent.childNodes.filter((node): node is HtmlElement => isElement(node) && node.tagName === name);
}
