import { authorOfByline } from './byline.ts';
import { isChapterHeading } from './chapter-heading.ts';
import { archiveWork } from './html-archive.ts';
import { articleOf, isFurniture } from './html-article.ts';
import { attribute, classesOf, elementsUnder, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';
import { hiddenByStyle } from './html-hidden.ts';
import type { DraftAbout } from './importer.ts';

/** What a saved page says of its text, and where in it the text stands. */
export interface PageParts {
  title: string | null;
  author: string | null;
  about?: DraftAbout;
  root: HtmlParent;
  /** Elements inside `root` that are not the text. */
  isLeftOut: (element: HtmlElement) => boolean;
}

const sections = new Set(['article', 'main', 'section', 'blockquote']);

/**
 * Finds title, author and the text itself in a page. Works saved from the Archive of Our Own are known by their layout; any
 * other page is reduced to its article or main part, without what its classes and styles say is not for reading.
 */
export function partsOfPage(page: HtmlParent): PageParts {
  const elements = [...elementsUnder(page)];
  const work = archiveWork(elements);
  if (work === null) return anyPage(page, elements);
  const { title, byline, about, root, isLeftOut } = work;
  return { title, author: nameIn(byline), about, root, isLeftOut };
}

function anyPage(page: HtmlParent, elements: HtmlElement[]): PageParts {
  const root = articleOf(page, elements);
  const isWholePage = root === page;
  const furniture = new Set(isWholePage ? pageFurniture(page) : []);
  const formLimit = shownText(root).length / 2;
  const isHidden = hiddenByStyle(elements);
  const isLeftOut = (element: HtmlElement) => {
    if (isFurniture(element) || isHidden(element)) return true;
    if (furniture.has(element) || (element.tagName === 'footer' && !isWholePage)) return true;
    return element.tagName === 'form' && shownText(element).length < formLimit;
  };
  const heads = [...elementsUnder(isWholePage ? page : root)].filter(({ tagName }) => tagName === 'h1');
  const anyHeads = heads.length > 0 ? heads : elements.filter(({ tagName }) => tagName === 'h1');
  const heading = anyHeads.length === 1 ? textOf(anyHeads[0]) : null;
  const named = heading === null || isChapterHeading(heading) ? null : heading;
  return { title: named ?? metaTitle(elements, heading), author: authorOf(elements, root), root, isLeftOut };
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

function textOf(element: HtmlElement | undefined): string | null {
  const text = element === undefined ? '' : shownText(element);
  return text === '' ? null : text;
}
