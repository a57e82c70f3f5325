import type { BlockSource } from '#shared/text/block.ts';
import type { Direction } from '#shared/text/direction.ts';
import { safeHref } from '#shared/text/link.ts';
import type { InlineMark } from './compose-text.ts';
import { isNeverRead } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';

/** `isOfWords`: the element holds words of the text, which stay; the reference stands behind them. */
export interface NoteReference {
  target: string;
  label: string;
  isOfWords?: boolean;
}

/** What the walker over mark-up cannot know by itself: the document and the book that the mark-up stands in. */
export interface MarkupReading {
  /** Of the chapter: what differs is said by the block or the words themselves. */
  language: string;
  direction: Direction;
  /** Whether an element, with all in it, is passed over. */
  isLeftOut(element: HtmlElement): boolean;
  /** What a link's address makes of the words in it; null where they stay plain words. */
  linkMark(address: string): InlineMark | null;
  /** The name of a picture for `DraftBook.readPicture`; null where pictures are left out. */
  pictureName(address: string): string | null;
  /** The name under which targets mean the element of this id; null where nothing can mean it. */
  nameOf(id: string): string | null;
  /** The name of the note whose body the element is. */
  noteOf(element: HtmlElement): string | null;
  /** The note that an element refers to, and how it is called in the text. */
  noterefOf(element: HtmlElement): NoteReference | null;
  /** Whether an element leads from a note back to its reference; it is passed over, with the number it stands for. */
  isBackLink(element: HtmlElement): boolean;
  /** The label of the printed page that begins at an element; `isMarker` when what stands in it is that label and no text. */
  pageOf(element: HtmlElement): { label: string; isMarker: boolean } | null;
  sourceOf: ((element: HtmlElement) => BlockSource) | null;
}

/** A page by itself: links lead out, pictures stay out, and nothing in it means another place in it. */
export const loneReading: MarkupReading = {
  language: 'und',
  direction: 'ltr',
  isLeftOut: isNeverRead,
  linkMark: (address) => {
    const href = safeHref(address);
    return href === null ? null : { type: 'link', href };
  },
  pictureName: () => null,
  nameOf: () => null,
  noteOf: () => null,
  noterefOf: () => null,
  isBackLink: () => false,
  pageOf: () => null,
  sourceOf: null,
};
