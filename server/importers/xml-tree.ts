import { html, parse, parseFragment } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { SaxesParser } from 'saxes';
import { MARKUP_DEPTH_MAX } from '#server/limits.ts';
import { RefusedError } from './importer.ts';
import { isText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';

type Root = DefaultTreeAdapterTypes.DocumentFragment;

/** Attributes that are read by these names, whatever prefix a document gave their namespace. */
const attributePrefixes = new Map([
  ['http://www.idpf.org/2007/ops', 'epub:'],
  ['http://www.w3.org/1999/xlink', 'xlink:'],
  ['http://www.w3.org/XML/1998/namespace', 'xml:'],
  ['http://www.idpf.org/2007/opf', 'opf:'],
]);
const internalSubset = /<!DOCTYPE[^<>[]{0,400}\[[^\]]{0,100000}\]\s*>/iu;
const selfClosed = /<([a-zA-Z][\w:]{0,40})(\s[^<>]{0,4000})?\/>/gu;
const voidElements = new Set('area base br col embed hr img input link meta source track wbr image'.split(' '));

/**
 * XML as a tree of the shape that parse5 makes, so that one walker reads both. Names lose their namespace. DTDs are passed
 * over: no entity is expanded but those of XML and HTML, nothing is fetched. `strict` gives null for what is not
 * well-formed; otherwise what can be made out is taken, which is good enough for lists of files.
 */
export function parseXml(source: string, strict: boolean): Root | null {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const root: Root = { nodeName: '#document-fragment', childNodes: [] };
  const open: (Root | HtmlElement)[] = [root];
  let isWellFormed = true;
  parser.ENTITIES = new Proxy(parser.ENTITIES, { get: (known, name) => entityOf(known, String(name)) });
  parser.on('error', () => {
    isWellFormed = false;
  });
  parser.on('opentag', ({ local, attributes }) => {
    const parent = open.at(-1) ?? root;
    if (open.length > MARKUP_DEPTH_MAX)
      throw new RefusedError('file-broken', 'This file is nested deeper than any book.');
    const attrs = Object.values(attributes).map(({ local: name, uri, value }) => ({
      name: `${attributePrefixes.get(uri) ?? ''}${name}`,
      value,
    }));
    const element: HtmlElement = {
      nodeName: local,
      tagName: local,
      attrs,
      namespaceURI: html.NS.HTML,
      childNodes: [],
      parentNode: parent,
    };
    parent.childNodes.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    if (open.length > 1) open.pop();
  });
  const addText = (value: string) => {
    const parent = open.at(-1);
    if (parent !== undefined && parent !== root)
      parent.childNodes.push({ nodeName: '#text', value, parentNode: parent });
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source);
  if (strict && !isWellFormed) return null;
  parser.close();
  return strict && !isWellFormed ? null : root;
}

/** An XHTML document: as XML where it is well-formed, else as a browser would read it as HTML. */
export function parseXhtml(source: string): { root: HtmlParent; isXml: boolean } {
  const root = parseXml(source, true);
  if (root !== null && root.childNodes.length > 0) return { root, isXml: true };
  // HTML takes `<a id="x"/>` for the beginning of a link over all that follows.
  const opened = source
    .replace(/^\s*<\?xml[^>]{0,400}\?>/u, '')
    .replace(internalSubset, '<!DOCTYPE html>')
    .replace(selfClosed, (all: string, name: string, attrs: string | undefined) =>
      voidElements.has(name.toLowerCase()) ? all : `<${name}${attrs ?? ''}></${name}>`,
    );
  return { root: parse(opened, { scriptingEnabled: false }), isXml: false };
}

const entities = new Map<string, string | undefined>();

function entityOf(known: Record<string, string>, name: string): string | undefined {
  if (Object.hasOwn(known, name)) return known[name];
  if (!/^[A-Za-z][A-Za-z0-9]{1,31}$/u.test(name)) return undefined;
  if (!entities.has(name)) {
    const [node] = parseFragment(`&${name};`).childNodes;
    const text = node !== undefined && isText(node) ? node.value : '';
    entities.set(name, text.includes(';') && text.startsWith('&') ? undefined : text);
  }
  return entities.get(name);
}
