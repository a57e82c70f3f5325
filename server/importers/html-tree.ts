import type { DefaultTreeAdapterTypes } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null;
}

export function classesOf(element: HtmlElement): string[] {
  return (attribute(element, 'class') ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
}

/** The words of an element's `epub:type`. */
export function typesOf(element: HtmlElement): string[] {
  return (attribute(element, 'epub:type') ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
}

/** Every element under `root` in document order, without recursion: a hostile page nests deeper than any stack. */
export function* elementsUnder(
  root: HtmlParent,
  goInto: (element: HtmlElement) => boolean = () => true,
): Generator<HtmlElement> {
  const waiting: HtmlNode[] = root.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isElement(node) || !goInto(node)) continue;
    yield node;
    for (let index = node.childNodes.length - 1; index >= 0; index -= 1) {
      const child = node.childNodes[index];
      if (child !== undefined) waiting.push(child);
    }
  }
}

/** The text under a node, white space folded, without what is never shown. */
export function shownText(root: HtmlParent): string {
  let text = '';
  const waiting: HtmlNode[] = root.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) text += node.value;
    if (!isElement(node) || isNeverRead(node)) continue;
    if (node.tagName === 'br') text += ' ';
    for (let index = node.childNodes.length - 1; index >= 0; index -= 1) {
      const child = node.childNodes[index];
      if (child !== undefined) waiting.push(child);
    }
  }
  return text.replace(/\s+/gu, ' ').trim();
}

const droppedElements = new Set(
  (
    'script style template noscript noframes noembed head title meta link base svg math iframe frame frameset object ' +
    'embed applet canvas audio video source track img picture map area nav dialog menu aside button input select ' +
    'option optgroup textarea label legend datalist output progress meter rt rp search portal'
  ).split(' '),
);
const droppedRoles = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist alert status'.split(
    ' ',
  ),
);
const unseenClasses = new Set(
  'sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only landmark'.split(' '),
);
const unseenStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu;

/** Whether an element holds nothing to read: active, a control, furniture of the page, or hidden from the reader. */
export function isNeverRead(element: HtmlElement): boolean {
  if (droppedElements.has(element.tagName) || isHidden(element)) return true;
  return droppedRoles.has(attribute(element, 'role')?.trim().toLowerCase() ?? '');
}

/** Whether the document hides an element from those who see its pages. */
export function isHidden(element: HtmlElement): boolean {
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' || (name === 'aria-hidden' && value.trim().toLowerCase() === 'true')) return true;
    if (name === 'style' && unseenStyle.test(value)) return true;
  }
  return classesOf(element).some((name) => unseenClasses.has(name));
}
