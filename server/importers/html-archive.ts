import { SUMMARY_MAX_CHARS } from '#server/limits.ts';
import type { DraftAbout } from './importer.ts';
import { attribute, classesOf, elementsUnder, isElement, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';

/** What a work from an archive says of itself, and where its chapters stand. */
export interface ArchiveWork {
  title: string | null;
  byline: string | null;
  about: Pick<DraftAbout, 'summary' | 'notes' | 'identifier'>;
  root: HtmlParent;
  isLeftOut: (element: HtmlElement) => boolean;
}

/**
 * A work of the Archive of Our Own: a download (its templates `app/views/downloads`) or a saved page of the whole work.
 * Summary and notes of the work are told beside it; those of a chapter stand before and after its text as quotations, each
 * under a small heading. Tags, numbers and the archive's own words are left out. Null for any other page.
 */
export function archiveWork(elements: readonly HtmlElement[]): ArchiveWork | null {
  const chapters = byId(elements, 'chapters');
  const preface = byId(elements, 'preface');
  const skin = byId(elements, 'workskin');
  if (chapters === null) return null;
  if (preface !== null) return download(elements, preface, chapters);
  return skin === null ? null : savedPage(skin, chapters);
}

function download(elements: readonly HtmlElement[], preface: HtmlElement, chapters: HtmlElement): ArchiveWork {
  const front = [...elementsUnder(preface)];
  const afterword = byId(elements, 'afterword');
  const around = [...front, ...(afterword === null ? [] : elementsUnder(afterword))];
  for (const element of elementsUnder(chapters)) {
    if (element.tagName === 'p' && hasClass(element.parentNode, 'meta')) element.tagName = 'h5';
  }
  return {
    title: textOf(front.find(({ tagName }) => tagName === 'h1')),
    byline: textOf(front.find((element) => hasClass(element, 'byline'))),
    about: {
      summary: labelledText(around, (label) => label === 'summary'),
      notes: labelledText(around, (label) => label.endsWith('notes')),
      identifier: addressIn(front),
    },
    root: chapters,
    isLeftOut: () => false,
  };
}

function savedPage(skin: HtmlElement, chapters: HtmlElement): ArchiveWork {
  const front = [...elementsUnder(skin, (element) => element !== chapters)];
  const left = new Set(['byline', 'actions', 'landmark', 'jump']);
  for (const element of elementsUnder(chapters)) {
    // The archive calls chapter titles and notes complementary; here they are part of the text.
    element.attrs = element.attrs.filter(({ name }) => name !== 'role');
    const isLabel = element.tagName === 'h3' && !hasClass(element, 'title');
    if (isLabel && (hasClass(element.parentNode, 'notes') || hasClass(element.parentNode, 'summary')))
      element.tagName = 'h5';
  }
  return {
    title: textOf(front.find((element) => hasClass(element, 'title'))),
    byline: textOf(front.find((element) => hasClass(element, 'byline'))),
    about: {
      summary: labelledText(front, (label) => label === 'summary'),
      notes: labelledText(front, (label) => label.endsWith('notes')),
    },
    root: chapters,
    isLeftOut: (element) => classesOf(element).some((name) => left.has(name)),
  };
}

/** Where the work stands in its archive, as its download says. */
function addressIn(elements: readonly HtmlElement[]): string | null {
  const addresses = elements.flatMap((element) => (element.tagName === 'a' ? (attribute(element, 'href') ?? []) : []));
  return addresses.find((address) => /^https?:\/\/[^/\s]{1,100}\/works\/\d{1,12}$/u.test(address)) ?? null;
}

/** The quotations under labels such as `Summary` and `End Notes`, as plain text. */
function labelledText(elements: readonly HtmlElement[], isWanted: (label: string) => boolean): string | null {
  const texts: string[] = [];
  for (const element of elements) {
    if (element.tagName !== 'blockquote') continue;
    const siblings = element.parentNode?.childNodes.filter((node) => isElement(node)) ?? [];
    const before = siblings
      .slice(0, siblings.indexOf(element))
      .findLast(({ tagName }) => /^(?:p|h[1-6])$/u.test(tagName));
    const label = before === undefined ? '' : shownText(before).toLowerCase().replace(/:$/u, '');
    if (isWanted(label)) texts.push(paragraphsOf(element));
  }
  const joined = texts.filter((text) => text !== '').join('\n');
  return joined === '' ? null : joined.slice(0, SUMMARY_MAX_CHARS).toWellFormed();
}

function paragraphsOf(element: HtmlElement): string {
  const paragraphs = element.childNodes.filter((node) => isElement(node)).map(shownText);
  return (paragraphs.length > 0 ? paragraphs : [shownText(element)]).filter((text) => text !== '').join('\n');
}

function byId(elements: readonly HtmlElement[], id: string): HtmlElement | null {
  return elements.find((element) => attribute(element, 'id') === id) ?? null;
}

function hasClass(parent: HtmlParent | null, name: string): boolean {
  return parent !== null && 'attrs' in parent && classesOf(parent).includes(name);
}

function textOf(element: HtmlElement | undefined): string | null {
  const text = element === undefined ? '' : shownText(element);
  return text === '' ? null : text;
}
