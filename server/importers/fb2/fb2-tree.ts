import { attribute, isElement, isText } from '../html-tree.ts';
import type { HtmlElement } from '../html-tree.ts';

export type Fb2Element = HtmlElement;

export function childrenOf(element: Fb2Element): Fb2Element[] {
  return element.childNodes.filter((node) => isElement(node));
}

export function childrenNamed(element: Fb2Element | undefined, name: string): Fb2Element[] {
  return element === undefined ? [] : childrenOf(element).filter(({ tagName }) => tagName === name);
}

/** The elements that a path of names leads to. */
export function allAt(root: Fb2Element, ...path: string[]): Fb2Element[] {
  return path.reduce((found, name) => found.flatMap((element) => childrenNamed(element, name)), [root]);
}

/** All text under an element; the tree is no deeper than `parseXml` allows. */
export function textUnder(element: Fb2Element): string {
  return element.childNodes
    .map((node) => (isText(node) ? node.value : isElement(node) ? textUnder(node) : ''))
    .join('');
}

/** Text on one line, null when there is none. */
export function lineOf(element: Fb2Element | undefined): string | null {
  const line = element === undefined ? '' : textUnder(element).replace(/\s+/gu, ' ').trim();
  return line === '' ? null : line;
}

/** The id that an element's `href` means in this file; null for any other address. */
export function localTarget(element: Fb2Element): string | null {
  const href = attribute(element, 'xlink:href') ?? attribute(element, 'href') ?? '';
  return href.length > 1 && href.startsWith('#') ? href.slice(1) : null;
}
