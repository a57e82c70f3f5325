import { isElement, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlNode } from './html-tree.ts';

const RUBY_MAX_CHARS = 200;

/** Base characters and the reading over them, null where they have none. */
export interface RubyPair {
  base: HtmlNode[];
  text: string | null;
}

/** The pairs of a `ruby`, whether its readings alternate with their bases or follow all of them (`rb rb rt rt`). */
export function rubyPairs(ruby: HtmlElement): RubyPair[] {
  const pairs: RubyPair[] = [];
  let bases: HtmlNode[][] = [];
  for (const node of ruby.childNodes) {
    const name = isElement(node) ? node.tagName : '';
    if (name === 'rt' && isElement(node)) {
      const base = (isRun(bases) ? [bases.shift() ?? []] : bases.splice(0)).flat();
      const text = shownText(node).slice(0, RUBY_MAX_CHARS);
      if (base.length > 0) pairs.push({ base, text: text === '' ? null : text });
    } else if (name !== 'rp' && name !== 'rtc') bases.push([node]);
  }
  bases = bases.filter((base) => base.length > 0);
  if (bases.length > 0) pairs.push({ base: bases.flat(), text: null });
  return pairs;
}

/** Several `rb`, each waiting for a reading of its own. */
const isRun = (bases: readonly HtmlNode[][]): boolean =>
  bases.length > 1 && bases.every(([node]) => node !== undefined && isElement(node) && node.tagName === 'rb');
