import type { Direction } from '#shared/text/direction.ts';
import { safeHref } from '#shared/text/link.ts';
import type { EpubDocument } from './epub-chapters.ts';
import { ElementPaths } from './element-path.ts';
import { placeName, resolveHref } from './epub-href.ts';
import type { DocumentNotes } from './epub-notes.ts';
import { readHtmlBlocks } from './html-blocks.ts';
import { attribute, classesOf, elementsUnder, isElement, isNeverRead, shownText, typesOf } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';
import { parseXhtml } from './xml-tree.ts';

export interface DocumentSetting {
  path: string;
  itemref: string | undefined;
  language: string;
  direction: Direction;
  notes: DocumentNotes | undefined;
  pages: ReadonlyMap<string, string>;
}

const LABEL_MAX_CHARS = 20;
const aroundTypes = new Set('titlepage halftitlepage imprint colophon copyright-page'.split(' '));
/** Project Gutenberg's licence goes round the book, in files that hold text too. */
const GUTENBERG_LICENCE = 'pg-boilerplate';
const NO_NOTES: DocumentNotes = { bodies: new Map(), references: new Map(), backLinks: new Set() };

/**
 * One text of a publication. Ids become names (`path#id`), links within the publication jumps, notes what
 * `NoteFinder` found them to be; each block remembers the element that it was read from where the text is real XML.
 */
export function readDocument(
  source: string,
  { path, itemref, language, direction, notes, pages }: DocumentSetting,
): EpubDocument {
  const { root, isXml } = parseXhtml(source);
  const numbers = new Map<HtmlElement, number>();
  let number = -1;
  for (const element of elementsUnder(root)) {
    number += 1;
    numbers.set(element, number);
  }
  const { bodies, references, backLinks } = notes ?? NO_NOTES;
  const paths = new ElementPaths();
  const inSpine = itemref === undefined ? {} : { itemref };
  const blocks = readHtmlBlocks(root, {
    language,
    direction,
    // An aside of a book is part of it; one of a web page is not.
    isLeftOut: (element) =>
      (element.tagName !== 'aside' && isNeverRead(element)) || classesOf(element).includes(GUTENBERG_LICENCE),
    linkMark: (address) => {
      const href = safeHref(address);
      if (href !== null) return { type: 'link', href };
      const place = resolveHref(path, address);
      return place === null ? null : { type: 'jump', target: placeName(place) };
    },
    pictureName: (address) => resolveHref(path, address)?.path ?? null,
    nameOf: (id) => placeName({ path, fragment: id }),
    noteOf: (element) => bodies.get(numbers.get(element) ?? -1) ?? null,
    noterefOf: (element) => references.get(numbers.get(element) ?? -1) ?? null,
    isBackLink: (element) => backLinks.has(numbers.get(element) ?? -1),
    pageOf: (element) => pageOf(element, path, pages),
    sourceOf: isXml ? (element) => ({ href: path, path: paths.of(element), ...inSpine }) : null,
  });
  const [first] = blocks;
  if (first !== undefined) first.names = [path, ...(first.names ?? [])];
  return { path, blocks, isAround: isAroundTheText(root) };
}

/** A document of one section that is a page of the publisher's, as EPUB's structural vocabulary calls them. */
function isAroundTheText(root: HtmlParent): boolean {
  const named = [...elementsUnder(root)].find(
    (element) => element.tagName === 'body' && typesOf(element).some((type) => aroundTypes.has(type)),
  );
  if (named !== undefined) return true;
  const body = [...elementsUnder(root)].find(({ tagName }) => tagName === 'body');
  const [section, ...more] = body?.childNodes.filter(isElement) ?? [];
  return section !== undefined && more.length === 0 && typesOf(section).some((type) => aroundTypes.has(type));
}

function pageOf(
  element: HtmlElement,
  path: string,
  pages: ReadonlyMap<string, string>,
): { label: string; isMarker: boolean } | null {
  const id = attribute(element, 'id');
  const listed = id === null ? undefined : pages.get(placeName({ path, fragment: id }));
  const isBreak = typesOf(element).includes('pagebreak') || attribute(element, 'role') === 'doc-pagebreak';
  if (!isBreak) return listed === undefined ? null : { label: listed.slice(0, LABEL_MAX_CHARS), isMarker: false };
  const told = attribute(element, 'title') ?? attribute(element, 'aria-label') ?? listed ?? shownText(element);
  const label = told
    .replace(/^\s*(?:page|p\.|seite|s\.)\s*/iu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return label === '' ? null : { label: label.slice(0, LABEL_MAX_CHARS), isMarker: true };
}
