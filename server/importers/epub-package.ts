import { parseFragment } from 'parse5';
import { TEXT_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from './decode-xml.ts';
import { ElementPaths } from './element-path.ts';
import { resolveHref } from './epub-href.ts';
import { attribute, elementsUnder, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';
import { RefusedError } from './importer.ts';
import { parseXml } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A spine stands right under the package; what is nested deeper than its steps fit in is none. */
const ITEMREF_MAX_CHARS = 300;
const CONTAINER = 'META-INF/container.xml';
const ENCRYPTION = 'META-INF/encryption.xml';
/** Scrambled fonts are no lock: nobody here needs the fonts. */
const fontScramblers = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']);
const textTypes = new Set(['application/xhtml+xml', 'text/html', 'application/x-dtbook+xml', 'text/x-oeb1-document']);

export interface ManifestItem {
  path: string;
  mediaType: string;
  properties: string[];
}

/** An EPUB's package document (EPUB 3.3, 5; OPF 2.0.1), reduced to what reading needs. Paths are from the archive's root. */
export interface EpubPackage {
  title: string | null;
  author: string | null;
  language: string | null;
  summary: string | null;
  publisher: string | null;
  rights: string | null;
  identifier: string | null;
  isRightToLeft: boolean;
  /** Paths of the texts in reading order; those that the publisher put beside it (`linear="no"`) come last. */
  spine: string[];
  /** Where in the spine a text is first named, in steps of EPUB CFI from the package's root: `/6/8[ch03]`. */
  itemrefs: ReadonlyMap<string, string>;
  items: ReadonlyMap<string, ManifestItem>;
  cover: string | null;
  nav: string | null;
  ncx: string | null;
}

/** Reads container and package document. Refuses books that are locked, and those whose pages are pictures. */
export async function readPackage(archive: ZipArchive): Promise<EpubPackage> {
  await refuseLocked(archive);
  const container = await xmlOf(archive, CONTAINER);
  const rootfile = container === null ? undefined : byTag(container, 'rootfile')[0];
  const path = resolveHref('', attributeOf(rootfile, 'full-path') ?? firstPackage(archive))?.path ?? '';
  const opf = await xmlOf(archive, path);
  if (opf === null)
    throw new RefusedError('file-broken', 'This e-book does not say what is in it, so it cannot be read.');

  const byId = new Map<string, ManifestItem>();
  for (const item of byTag(opf, 'item')) {
    const place = resolveHref(path, attribute(item, 'href') ?? '');
    if (place === null) continue;
    byId.set(attribute(item, 'id') ?? '', {
      path: place.path,
      mediaType: (attribute(item, 'media-type') ?? '').toLowerCase(),
      properties: (attribute(item, 'properties') ?? '').split(/\s+/u),
    });
  }
  const items = new Map([...byId.values()].map((item) => [item.path, item]));
  const isIn = (item: ManifestItem | undefined): item is ManifestItem =>
    item !== undefined && textTypes.has(item.mediaType) && archive.has(item.path);
  const references = byTag(opf, 'itemref');
  if (isFixed(opf, references)) throw new RefusedError('file-fixed-layout');
  const spineOf = (wanted: boolean) =>
    references
      .filter((reference) => (attribute(reference, 'linear') !== 'no') === wanted)
      .map((reference) => byId.get(attribute(reference, 'idref') ?? ''))
      .filter(isIn)
      .map((item) => item.path);
  const paths = new ElementPaths();
  const itemrefs = new Map<string, string>();
  for (const reference of references) {
    const text = byId.get(attribute(reference, 'idref') ?? '')?.path;
    const place = paths.of(reference);
    if (text !== undefined && !itemrefs.has(text) && place.length <= ITEMREF_MAX_CHARS) itemrefs.set(text, place);
  }
  const spine = [...new Set([...spineOf(true), ...spineOf(false)])];
  if (spine.length === 0) throw new RefusedError('file-broken', 'This e-book names no text that is in it.');

  const [spineElement] = byTag(opf, 'spine');
  const withProperty = (name: string) => [...items.values()].find(({ properties }) => properties.includes(name))?.path;
  const coverId = byTag(opf, 'meta').find((meta) => attribute(meta, 'name') === 'cover');
  const ncx = byId.get(attributeOf(spineElement, 'toc') ?? '');
  return {
    ...metadataOf(opf),
    isRightToLeft: attributeOf(spineElement, 'page-progression-direction') === 'rtl',
    spine,
    itemrefs,
    items,
    cover: withProperty('cover-image') ?? byId.get(attributeOf(coverId, 'content') ?? '')?.path ?? null,
    nav: withProperty('nav') ?? null,
    ncx:
      ncx?.path ?? [...items.values()].find(({ mediaType }) => mediaType === 'application/x-dtbncx+xml')?.path ?? null,
  };
}

/** A well-formed or nearly well-formed XML file of the archive; null when it is not there. */
export async function xmlOf(archive: ZipArchive, path: string): Promise<HtmlParent | null> {
  const bytes = await archive.read(path, TEXT_MAX_BYTES);
  return bytes === null ? null : parseXml(decodeXml(bytes), false);
}

export const byTag = (root: HtmlParent, name: string): HtmlElement[] =>
  [...elementsUnder(root)].filter(({ tagName }) => tagName === name);

function attributeOf(element: HtmlElement | undefined, name: string): string | null {
  return element === undefined ? null : attribute(element, name);
}

function firstPackage(archive: ZipArchive): string {
  for (const name of archive.names) if (name.toLowerCase().endsWith('.opf')) return encodeURI(name);
  return '';
}

async function refuseLocked(archive: ZipArchive): Promise<void> {
  if (archive.has('META-INF/rights.xml') && !archive.has(ENCRYPTION)) throw new RefusedError('file-locked');
  const encryption = await xmlOf(archive, ENCRYPTION);
  if (encryption === null) return;
  const methods = byTag(encryption, 'EncryptedData').map((data) => byTag(data, 'EncryptionMethod')[0]);
  const isLocked = methods.some((method) => !fontScramblers.has(attributeOf(method, 'Algorithm') ?? ''));
  if (isLocked) throw new RefusedError('file-locked');
}

const layoutOf = (reference: HtmlElement): string => attribute(reference, 'properties') ?? '';

/** Fixed layout as a whole (EPUB 3.3, 8.2.2), or for every page of it. */
function isFixed(opf: HtmlParent, references: readonly HtmlElement[]): boolean {
  const metas = byTag(opf, 'meta');
  const isWhole = metas.some(
    (meta) =>
      (attribute(meta, 'property') === 'rendition:layout' && shownText(meta) === 'pre-paginated') ||
      (attribute(meta, 'name') === 'fixed-layout' && attribute(meta, 'content') === 'true'),
  );
  if (isWhole) return !references.some((reference) => layoutOf(reference).includes('layout-reflowable'));
  return references.length > 0 && references.every((reference) => layoutOf(reference).includes('layout-pre-paginated'));
}

function metadataOf(opf: HtmlParent) {
  const metas = byTag(opf, 'meta');
  /** What `<meta refines="#id" property="…">` (EPUB 3) or an `opf:` attribute (EPUB 2) says of an element. */
  const refined = (element: HtmlElement, property: string): string | null => {
    const own = attribute(element, `opf:${property}`);
    const id = attribute(element, 'id');
    if (own !== null || id === null) return own;
    const meta = metas.find((one) => attribute(one, 'refines') === `#${id}` && attribute(one, 'property') === property);
    return meta === undefined ? null : shownText(meta);
  };
  const textsOf = (name: string) => byTag(opf, name).filter((element) => shownText(element) !== '');
  const first = (name: string) => {
    const [element] = textsOf(name);
    return element === undefined ? null : shownText(element);
  };
  const titles = textsOf('title');
  const main = titles.find((title) => refined(title, 'title-type') === 'main') ?? titles[0];
  const creators = textsOf('creator');
  const authors = creators.filter((creator) => /^(?:aut)?$/u.test(refined(creator, 'role') ?? ''));
  const names = (authors.length > 0 ? authors : creators).map((creator) => shownText(creator));
  const unique = attributeOf(byTag(opf, 'package')[0], 'unique-identifier');
  const identifiers = textsOf('identifier');
  const identifier = identifiers.find((element) => attribute(element, 'id') === unique) ?? identifiers[0];
  const summary = first('description');
  return {
    title: main === undefined ? null : shownText(main),
    author: names.length === 0 ? null : namesInWords([...new Set(names)]),
    language: first('language'),
    // Many descriptions are HTML, escaped once more.
    summary: summary === null ? null : shownText(parseFragment(summary)),
    publisher: first('publisher'),
    rights: first('rights'),
    identifier: identifier === undefined ? null : shownText(identifier),
  };
}

function namesInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
