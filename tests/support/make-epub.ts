import { strToU8, zipSync } from 'fflate';
import type { Zippable } from 'fflate';

/** Parts of an EPUB to be made; everything has a sound default. Names are paths from the archive's root. */
export interface EpubParts {
  /** Texts in reading order: what stands in `body`, by file name under `OEBPS/`. */
  texts: Record<string, string>;
  metadata?: string;
  /** More lines of the manifest, and of the spine in place of one for each text. */
  manifest?: string;
  spine?: string;
  spineAttributes?: string;
  /** What stands in the `nav` of type `toc`; other navs after it. Null: no navigation document. */
  nav?: string | null;
  navs?: string;
  ncx?: string;
  /** More files, and ones that replace those made here; null takes one away. */
  files?: Record<string, Uint8Array | string | null>;
  /** Attributes of each text's `html`. */
  html?: string;
}

const CONTAINER = `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`;

export const METADATA = `<dc:identifier id="id">urn:uuid:1</dc:identifier><dc:title>The Lamp</dc:title>
<dc:creator>Ada Quill</dc:creator><dc:language>en</dc:language>`;

export const xhtml = (body: string, html = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"
 xmlns:epub="http://www.idpf.org/2007/ops" ${html}><head><title>A title</title></head><body>${body}</body></html>`;

/** The files of an EPUB 3, as they would lie in its archive. */
export function epubFiles(parts: EpubParts): Record<string, Uint8Array> {
  const { texts, metadata = METADATA, manifest = '', nav = null, navs = '', ncx, files = {}, html } = parts;
  const names = Object.keys(texts);
  const items = names.map((name, index) => `<item id="t${index}" href="${name}" media-type="application/xhtml+xml"/>`);
  const spine = parts.spine ?? names.map((_, index) => `<itemref idref="t${index}"/>`).join('');
  const hasNav = nav !== null || navs !== '';
  if (hasNav) items.push('<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>');
  if (ncx !== undefined) items.push('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>');
  const made: Record<string, Uint8Array | string | null> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': CONTAINER,
    'OEBPS/book.opf': `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${metadata}</metadata>
<manifest>${items.join('')}${manifest}</manifest>
<spine ${ncx === undefined ? '' : 'toc="ncx"'} ${parts.spineAttributes ?? ''}>${spine}</spine></package>`,
    ...(hasNav ? { 'OEBPS/nav.xhtml': xhtml(`<nav epub:type="toc"><ol>${nav ?? ''}</ol></nav>${navs}`) } : {}),
    ...(ncx === undefined
      ? {}
      : { 'OEBPS/toc.ncx': `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${ncx}</navMap></ncx>` }),
    ...Object.fromEntries(names.map((name) => [`OEBPS/${name}`, xhtml(texts[name] ?? '', html)])),
    ...files,
  };
  return Object.fromEntries(
    Object.entries(made).flatMap(([name, content]) =>
      content === null ? [] : [[name, typeof content === 'string' ? strToU8(content) : content]],
    ),
  );
}

/** An EPUB 3 made from its parts. */
export function makeEpub(parts: EpubParts): Uint8Array {
  const { mimetype, ...rest } = epubFiles(parts);
  const first: Zippable = mimetype === undefined ? {} : { mimetype: [mimetype, { level: 0 }] };
  return zipSync({ ...first, ...rest });
}
