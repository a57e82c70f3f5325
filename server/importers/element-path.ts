import { attribute, isElement } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';

const ID_MAX_CHARS = 100;

/**
 * Paths to the elements of one document, in the steps of EPUB CFI 1.1 (2.3): child elements of a parent count 2, 4, 6, …,
 * and an id stands in brackets with its special characters escaped by `^`. From the root element's children down.
 */
export class ElementPaths {
  readonly #paths = new Map<HtmlElement, string>();

  of(element: HtmlElement): string {
    const waiting: HtmlElement[] = [];
    let at: HtmlElement | null = element;
    while (at !== null && !this.#paths.has(at)) {
      waiting.push(at);
      at = parentOf(at);
    }
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const parent = parentOf(next);
      if (parent === null) this.#paths.set(next, '');
      // All children at once: a hostile parent has ten thousand of them.
      else if (!this.#paths.has(next)) this.#nameChildren(parent);
    }
    return this.#paths.get(element) ?? '';
  }

  #nameChildren(parent: HtmlElement): void {
    const start = this.#paths.get(parent) ?? '';
    let step = 0;
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue;
      step += 2;
      this.#paths.set(child, `${start}/${step}${assertion(child)}`);
    }
  }
}

function parentOf({ parentNode }: HtmlElement): HtmlElement | null {
  return parentNode !== null && 'tagName' in parentNode ? parentNode : null;
}

function assertion(element: HtmlElement): string {
  const id = attribute(element, 'id');
  if (id === null || id === '' || id.length > ID_MAX_CHARS) return '';
  return `[${id.replace(/[[\](),;=^]/gu, '^$&')}]`;
}
