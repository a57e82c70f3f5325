import { classesOf, attribute, elementsUnder, isElement, isNeverRead, isText, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';

/** An article shorter than this beside much more text is a teaser, not the text. */
const ARTICLE_SHARE_MIN = 0.3;
/** A paragraph says something about what it stands in from this length on. */
const PARAGRAPH_MIN_CHARS = 25;
/** Where the text is denser than anywhere else, but holds less than this of it, nothing is clear. */
const DENSEST_SHARE_MIN = 0.25;

const likely = /article|body|chapter|content|entry|main|page|post|prose|story|text|userstuff/iu;
const unlikely =
  /comment|combx|community|disqus|foot|header|menu|meta|nav|promo|related|remark|rss|share|shoutbox|side|sponsor|tags|widget|ad-|popup/iu;
const furniture =
  /^(?:comments?|comment-?(?:list|section|area|respond)|respond|disqus_thread|share(?:daddy|-?buttons?|-?links?|-?bar)?|social(?:-?(?:links|share|media|icons|buttons))?|sharing|related(?:-?(?:posts|articles|stories|content))?|jp-relatedposts|newsletter(?:-?(?:signup|form|box))?|signup|subscribe(?:-?(?:box|form))?|promo|advert(?:isement)?|ad|ads|adsbygoogle|ad-(?:slot|container|wrapper)|sponsored|breadcrumbs?|pagination|pager|(?:post|chapter|page)-?nav(?:igation)?|nav-?buttons?|tags|tag-?list|post-?tags|cookie(?:-?(?:banner|notice|consent))?|toc|toolbar|mw-editsection|navbox|vertical-navbox|mw-jump-link|noprint|hatnote|ambox|metadata|sistersitebox|catlinks|printfooter|mw-indicators|shortdescription|reading-?time|read-?more|outbrain|taboola|paywall|author-?bio|about-?author)$/iu;

/** The part of a page that is its text: the one article, else the main part, else where most paragraphs stand together. */
export function articleOf(page: HtmlParent, elements: readonly HtmlElement[]): HtmlParent {
  const body = elements.find(({ tagName }) => tagName === 'body') ?? page;
  const all = shownText(body).length;
  const isLarge = (element: HtmlElement) =>
    !isNeverRead(element) && shownText(element).length >= all * ARTICLE_SHARE_MIN;
  const main = outermost(isMain, page).filter(isLarge);
  const scope: HtmlParent = main.length === 1 && main[0] !== undefined ? main[0] : page;
  const articles = outermost(({ tagName }) => tagName === 'article', scope);
  const article = articles.length === 1 ? articles[0] : undefined;
  if (article !== undefined && isLarge(article)) return article;
  return scope === page ? (densestPart(page, all) ?? page) : scope;
}

/** Whether an element's class or id says that it is furniture of the page around the text. */
export function isFurniture(element: HtmlElement): boolean {
  return [...classesOf(element), attribute(element, 'id') ?? ''].some((name) => furniture.test(name));
}

function isMain(element: HtmlElement): boolean {
  return element.tagName === 'main' || attribute(element, 'role') === 'main';
}

/** Comments are articles inside the article: what stands inside a match is not looked at. */
function outermost(test: (element: HtmlElement) => boolean, under: HtmlParent): HtmlElement[] {
  const found = new Set<HtmlParent | null>();
  const matches: HtmlElement[] = [];
  for (const element of elementsUnder(under, (inner) => !found.has(inner.parentNode))) {
    if (!test(element)) continue;
    found.add(element);
    matches.push(element);
  }
  return matches;
}

/**
 * The element that holds most of the prose: every paragraph speaks for what it stands in, and half as much for what that
 * stands in; links speak against it, names for or against (the idea of Arc90's Readability). Null where nothing stands out.
 */
function densestPart(page: HtmlParent, all: number): HtmlElement | null {
  const scores = new Map<HtmlElement, number>();
  const add = (element: HtmlParent | null, score: number) => {
    if (element === null || !('tagName' in element) || element.tagName === 'body' || element.tagName === 'html') return;
    scores.set(element, (scores.get(element) ?? nameScore(element)) + score);
  };
  for (const element of elementsUnder(page, (inner) => !isNeverRead(inner) && !isFurniture(inner))) {
    if (element.tagName !== 'p' && element.tagName !== 'pre' && !isLooseText(element)) continue;
    const { length } = shownText(element);
    if (length < PARAGRAPH_MIN_CHARS) continue;
    const score = 1 + Math.min(3, length / 100);
    const holder = isLooseText(element) ? element : element.parentNode;
    add(holder, score);
    if (holder !== null && 'parentNode' in holder) add(holder.parentNode, score / 2);
  }
  const ranked = [...scores].map(([element, score]) => ({ element, score: score * (1 - linkShare(element)) }));
  const [best] = ranked.toSorted((a, b) => b.score - a.score);
  if (best === undefined || shownText(best.element).length < all * DENSEST_SHARE_MIN) return null;
  return best.element;
}

/** Text that stands in a box by itself, parted by line breaks as old pages do. */
function isLooseText(element: HtmlElement): boolean {
  if (element.tagName !== 'div' && element.tagName !== 'td') return false;
  const loose = element.childNodes.reduce((sum, node) => sum + (isText(node) ? node.value.trim().length : 0), 0);
  return loose >= 200 && element.childNodes.some((node) => isElement(node) && node.tagName === 'br');
}

function nameScore(element: HtmlElement): number {
  const name = `${classesOf(element).join(' ')} ${attribute(element, 'id') ?? ''}`;
  return (likely.test(name) ? 5 : 0) - (unlikely.test(name) ? 5 : 0);
}

function linkShare(element: HtmlElement): number {
  let links = 0;
  for (const inner of elementsUnder(element)) if (inner.tagName === 'a') links += shownText(inner).length;
  return links / Math.max(1, shownText(element).length);
}
