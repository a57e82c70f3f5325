import { safeHref } from '#shared/text/link.ts';
import { readHtmlBlocks } from '../html-blocks.ts';
import { attribute, classesOf, elementsUnder, isElement, shownText } from '../html-tree.ts';
import type { HtmlElement, HtmlParent } from '../html-tree.ts';
import type { DraftBlock } from '../importer.ts';
import { loneReading } from '../markup-reading.ts';
import { ID_PREFIX } from './convert-docx.ts';
import { commentPointOf } from './word-comments.ts';

const NOTE = /^docx (?:foot|end)note-\d+$/u;
const NOTE_REFERENCE = /^docx (?:foot|end)note-ref-\d+$/u;

/** Points in a text where a comment begins or ends are kept for a while as references to notes of these names. */
export const COMMENT_START = 'comment start ';
export const COMMENT_END = 'comment end ';

/**
 * Reads the HTML that mammoth makes: notes by its ids, jumps by the document's bookmarks, title and subtitle by their styles.
 * The contents that Word has set are left out.
 */
export function readDocxBlocks(root: HtmlParent): { blocks: DraftBlock[]; title: string | null } {
  const elements = [...elementsUnder(root)];
  const styled = (name: string) => elements.filter((element) => classesOf(element).includes(name));
  for (const caption of elements) if (caption.tagName === 'figcaption') putIntoFigure(caption);
  const titles = styled('docx-title');
  const told = titles.map(shownText).join(' ').trim();
  const subtitles = told === '' ? [] : styled('docx-subtitle').slice(0, 1);
  const title = [told, ...subtitles.map(shownText)].filter((part) => part !== '').join(': ');
  const left = new Set([...titles, ...subtitles, ...styled('docx-contents')]);
  const blocks = readHtmlBlocks(root, {
    ...loneReading,
    isLeftOut: (element) => loneReading.isLeftOut(element) || left.has(element),
    pictureName: (address) => address,
    linkMark: (address) => {
      if (address.startsWith(`#${ID_PREFIX}`)) return { type: 'jump', target: address.slice(1) };
      const href = safeHref(address);
      return href === null ? null : { type: 'link', href };
    },
    nameOf: (id) => id,
    noteOf: (element) =>
      element.tagName === 'li' && NOTE.test(attribute(element, 'id') ?? '') ? attribute(element, 'id') : null,
    noterefOf: (element) => noteReference(element) ?? commentPoint(element),
    isBackLink: (element) => NOTE_REFERENCE.test((attribute(element, 'href') ?? '').slice(1)),
  });
  return { blocks, title: title === '' ? null : title };
}

/** A caption is a paragraph after its picture's; one that stands elsewhere stays a paragraph. */
function putIntoFigure(caption: HtmlElement): void {
  const { parentNode: parent } = caption;
  const siblings = parent?.childNodes ?? [];
  const at = siblings.indexOf(caption);
  const before = siblings[at - 1];
  if (before === undefined || !isElement(before) || before.tagName !== 'p' || shownText(before) !== '') return;
  if (![...elementsUnder(before)].some(({ tagName }) => tagName === 'img')) return;
  before.tagName = 'figure';
  siblings.splice(at, 1);
  before.childNodes.push(caption);
  caption.parentNode = before;
}

function noteReference(element: HtmlElement): { target: string; label: string } | null {
  const target = (attribute(element, 'href') ?? '').slice(1);
  if (element.tagName !== 'a' || !NOTE.test(target)) return null;
  return { target, label: shownText(element).replace(/^\[|\]$/gu, '') };
}

function commentPoint(element: HtmlElement): { target: string; label: string } | null {
  const id = attribute(element, 'id') ?? '';
  const point = element.tagName === 'a' && id.startsWith(ID_PREFIX) ? commentPointOf(id.slice(ID_PREFIX.length)) : null;
  return point === null ? null : { target: `${point.isStart ? COMMENT_START : COMMENT_END}${point.id}`, label: '' };
}
