import { authorOfByline } from './byline.ts';
import { isChapterHeading } from './chapter-heading.ts';
import { attribute, classesOf, elementsUnder, isNeverRead, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';

/** What a saved page says of its text, and where in it the text stands. */
export interface PageParts {
  title: string | null;
  author: string | null;
  root: HtmlParent;
  /** Elements inside `root` that are not the text. */
  isLeftOut: (element: HtmlElement) => boolean;
}

/** An article shorter than this beside much more text is a teaser, not the text. */
const ARTICLE_SHARE_MIN = 0.3;
const sections = new Set(['article', 'main', 'section', 'blockquote']);

/**
 * Finds title, author and the text itself in a page. The layout of works saved from the Archive of Our Own is known
 * (its `app/views/downloads` templates); any other page is reduced to its article or main part when there is a clear one.
 */
export function partsOfPage(page: HtmlParent): PageParts {
  const elements = [...elementsUnder(page)];
  return archiveDownload(elements) ?? archivePage(elements) ?? anyPage(page, elements);
}

function archiveDownload(elements: HtmlElement[]): PageParts | null {
  const preface = byId(elements, 'preface');
  const chapters = byId(elements, 'chapters');
  if (preface === null || chapters === null) return null;
  return {
    title: textOf([...elementsUnder(preface)].find(({ tagName }) => tagName === 'h1')),
    author: nameIn(textOf(withClass(elementsUnder(preface), 'byline'))),
    root: chapters,
    // Of what stands before and after a chapter only its heading belongs to the text; summaries and notes do not.
    isLeftOut: (element) => hasClass(element.parentNode, 'meta') && !/^h[1-3]$/u.test(element.tagName),
  };
}

function archivePage(elements: HtmlElement[]): PageParts | null {
  const skin = byId(elements, 'workskin');
  const chapters = byId(elements, 'chapters');
  if (skin === null || chapters === null) return null;
  const front = [...elementsUnder(skin, (element) => element !== chapters)];
  const left = new Set(['notes', 'summary', 'byline', 'actions', 'end']);
  return {
    title: textOf(front.find((element) => classesOf(element).includes('title'))),
    author: nameIn(textOf(withClass(front, 'byline'))),
    root: chapters,
    isLeftOut: (element) => classesOf(element).some((name) => left.has(name)),
  };
}

function anyPage(page: HtmlParent, elements: HtmlElement[]): PageParts {
  const root = articleOf(page, elements);
  const isWholePage = root === page;
  const furniture = new Set(isWholePage ? pageFurniture(page) : []);
  const formLimit = shownText(root).length / 2;
  const isLeftOut = (element: HtmlElement) => {
    if (furniture.has(element) || (element.tagName === 'footer' && !isWholePage)) return true;
    return element.tagName === 'form' && shownText(element).length < formLimit;
  };
  const heads = [...elementsUnder(isWholePage ? page : root)].filter(({ tagName }) => tagName === 'h1');
  const anyHeads = heads.length > 0 ? heads : elements.filter(({ tagName }) => tagName === 'h1');
  const heading = anyHeads.length === 1 ? textOf(anyHeads[0]) : null;
  const named = heading === null || isChapterHeading(heading) ? null : heading;
  return { title: named ?? metaTitle(elements, heading), author: authorOf(elements, root), root, isLeftOut };
}

function articleOf(page: HtmlParent, elements: HtmlElement[]): HtmlParent {
  const body = elements.find(({ tagName }) => tagName === 'body') ?? page;
  const all = shownText(body).length;
  const isLarge = (element: HtmlElement) =>
    !isNeverRead(element) && shownText(element).length >= all * ARTICLE_SHARE_MIN;
  const main = outermost(isMain, page).filter(isLarge);
  const scope: HtmlParent = main.length === 1 && main[0] !== undefined ? main[0] : page;
  const articles = outermost(({ tagName }) => tagName === 'article', scope);
  const article = articles.length === 1 ? articles[0] : undefined;
  return article !== undefined && isLarge(article) ? article : scope;
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

/** Headers and footers of the page itself, not those of an article in it. */
function* pageFurniture(page: HtmlParent): Generator<HtmlElement> {
  for (const element of elementsUnder(page, ({ tagName }) => !sections.has(tagName))) {
    if (element.tagName === 'header' || element.tagName === 'footer') yield element;
  }
}

function metaTitle(elements: HtmlElement[], heading: string | null): string | null {
  const title = textOf(elements.find(({ tagName }) => tagName === 'title'));
  const shared = metaContent(elements, 'og:title') ?? metaContent(elements, 'dc.title');
  const told = shared ?? title;
  // `Story | Site` names the site as well.
  const cut = told?.split(/\s+[|·»]\s+/u)[0]?.trim() ?? '';
  return cut === '' || cut === heading ? null : cut;
}

function authorOf(elements: HtmlElement[], root: HtmlParent): string | null {
  const meta =
    metaContent(elements, 'author') ?? metaContent(elements, 'article:author') ?? metaContent(elements, 'dc.creator');
  if (meta !== null && !/^https?:/iu.test(meta)) return meta;
  for (const element of elementsUnder(root)) {
    const isByline = attribute(element, 'rel') === 'author' || attribute(element, 'itemprop') === 'author';
    if (isByline || classesOf(element).some((name) => name === 'byline' || name === 'author'))
      return nameIn(textOf(element));
  }
  return null;
}

function nameIn(text: string | null): string | null {
  if (text === null || text.length > 120) return null;
  return authorOfByline(text) ?? text;
}

function metaContent(elements: HtmlElement[], name: string): string | null {
  const meta = elements.find(
    (element) =>
      element.tagName === 'meta' &&
      (attribute(element, 'name') ?? attribute(element, 'property'))?.toLowerCase() === name,
  );
  const content = meta === undefined ? '' : (attribute(meta, 'content') ?? '').replace(/\s+/gu, ' ').trim();
  return content === '' ? null : content;
}

function byId(elements: HtmlElement[], id: string): HtmlElement | null {
  return elements.find((element) => attribute(element, 'id') === id) ?? null;
}

function withClass(elements: Iterable<HtmlElement>, name: string): HtmlElement | undefined {
  for (const element of elements) if (classesOf(element).includes(name)) return element;
  return undefined;
}

function hasClass(parent: HtmlParent | null, name: string): boolean {
  return parent !== null && 'attrs' in parent && classesOf(parent).includes(name);
}

function textOf(element: HtmlElement | undefined): string | null {
  const text = element === undefined ? '' : shownText(element);
  return text === '' ? null : text;
}
