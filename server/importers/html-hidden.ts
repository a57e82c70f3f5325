import { STYLES_MAX_CHARS } from '#server/limits.ts';
import { classesOf, isText, shownText } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';

/** What a page hides by a class is a line or two: a warning to copiers, a spoiler's second copy. A whole text never is. */
const HIDDEN_MAX_CHARS = 400;
const hidesAll = /(?:^|[;\s])display\s*:\s*none\b/iu;

/** Which elements a page's own styles hide from its readers: text that is only there for machines is no text. */
export function hiddenByStyle(elements: readonly HtmlElement[]): (element: HtmlElement) => boolean {
  let styles = '';
  for (const { tagName, childNodes } of elements) {
    if (tagName === 'style') for (const node of childNodes) if (isText(node)) styles += node.value;
  }
  const hidden = hidingClasses(styles.slice(0, STYLES_MAX_CHARS));
  if (hidden.size === 0) return () => false;
  return (element) =>
    classesOf(element).some((name) => hidden.has(name)) && shownText(element).length <= HIDDEN_MAX_CHARS;
}

/** Classes by which a stylesheet hides elements outright: not only in print, on small screens or inside something else. */
function hidingClasses(styles: string): Set<string> {
  const classes = new Set<string>();
  const open: string[] = [];
  let last = '';
  for (const [token] of styles.matchAll(/[^{}]+|[{}]/gu)) {
    if (token === '{') open.push(last);
    else if (token === '}') open.pop();
    else if (open.length === 1 && hidesAll.test(token)) {
      for (const selector of (open[0] ?? '').split(',')) {
        const name = /^\.([\w-]{1,80})$/u.exec(selector.trim())?.[1];
        if (name !== undefined) classes.add(name.toLowerCase());
      }
    }
    last = token;
  }
  return classes;
}
