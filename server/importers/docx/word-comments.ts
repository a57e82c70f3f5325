import { TEXT_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from '../decode-xml.ts';
import { attribute, elementsUnder, isText } from '../html-tree.ts';
import type { HtmlElement } from '../html-tree.ts';
import { parseXml } from '../xml-tree.ts';
import type { ZipArchive } from '../zip-archive.ts';

/** Bookmarks of these names stand where comments begin and end. */
const pointName = /^lectern comment (start|end) (\d{1,9})$/u;
const rangeEnd = /<(\w{1,20}):commentRange(Start|End)\b[^<>]{0,400}?\b\1:id="(\d{1,9})"[^<>]{0,400}?\/>/gu;

/** A comment as Word keeps it. */
export interface WordComment {
  id: string;
  author: string;
  /** Epoch milliseconds, null where the file does not say. */
  at: number | null;
  body: string;
}

export interface CommentPoint {
  id: string;
  isStart: boolean;
}

/**
 * Makes the ends of commented ranges bookmarks: mammoth passes over the former and keeps the latter in their places.
 */
export function withCommentPoints(source: string): string {
  return source.replace(
    rangeEnd,
    (_all, prefix: string, which: string, id: string) =>
      `<${prefix}:bookmarkStart ${prefix}:id="0" ${prefix}:name="lectern comment ${which.toLowerCase()} ${id}"/>`,
  );
}

/** Which comment begins or ends at a bookmark; null for any other bookmark. */
export function commentPointOf(bookmark: string): CommentPoint | null {
  const match = pointName.exec(bookmark);
  return match === null ? null : { id: match[2] ?? '', isStart: match[1] === 'start' };
}

/** The comments of a Word document, by their ids. */
export async function readWordComments(archive: ZipArchive): Promise<ReadonlyMap<string, WordComment>> {
  const bytes = await archive.read('word/comments.xml', TEXT_MAX_BYTES);
  const root = bytes === null ? null : parseXml(decodeXml(bytes), false);
  const comments = new Map<string, WordComment>();
  for (const element of root === null ? [] : elementsUnder(root)) {
    if (element.tagName !== 'comment') continue;
    const id = attribute(element, 'id');
    const at = Date.parse(attribute(element, 'date') ?? '');
    const body = paragraphsOf(element).join('\n\n').trim();
    if (id === null || body === '') continue;
    const author = (attribute(element, 'author') ?? '').replace(/\s+/gu, ' ').trim();
    comments.set(id, { id, author, at: Number.isNaN(at) ? null : at, body });
  }
  return comments;
}

function paragraphsOf(comment: HtmlElement): string[] {
  return [...elementsUnder(comment)]
    .filter(({ tagName }) => tagName === 'p')
    .map(textOf)
    .filter((text) => text !== '');
}

/** What is written in a paragraph and not deleted (`delText` holds that). */
function textOf(paragraph: HtmlElement): string {
  let text = '';
  for (const { tagName, childNodes } of elementsUnder(paragraph)) {
    if (tagName === 'br' || tagName === 'tab') text += ' ';
    if (tagName === 't') for (const node of childNodes) text += isText(node) ? node.value : '';
  }
  return text.replace(/\s+/gu, ' ').trim();
}
