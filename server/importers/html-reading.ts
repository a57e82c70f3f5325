import { NoteFinder } from './epub-notes.ts';
import { attribute, elementsUnder } from './html-tree.ts';
import type { HtmlElement, HtmlParent } from './html-tree.ts';
import { loneReading } from './markup-reading.ts';
import type { MarkupReading, NoteReference } from './markup-reading.ts';

/** Names a page's places; a page has no other document beside it. */
const PAGE = 'page';

/** A whole page by itself: links within it are jumps, its notes are notes, and pictures are those that are in the file. */
export function pageReading(
  root: HtmlParent,
  setting: Pick<MarkupReading, 'language' | 'direction' | 'isLeftOut'>,
): MarkupReading {
  const finder = new NoteFinder();
  finder.survey(PAGE, root);
  const notes = finder.notes().get(PAGE);
  const ids = new Set<string>();
  const numbers = new Map<HtmlElement, number>();
  for (const element of elementsUnder(root)) {
    numbers.set(element, numbers.size);
    const named = attribute(element, 'id') ?? attribute(element, 'name');
    if (named !== null && named !== '') ids.add(named);
  }
  const numberOf = (element: HtmlElement) => numbers.get(element) ?? -1;
  return {
    ...loneReading,
    ...setting,
    linkMark: (address) => {
      const id = address.startsWith('#') ? idOf(address.slice(1)) : null;
      return id !== null && ids.has(id) ? { type: 'jump', target: `${PAGE}#${id}` } : loneReading.linkMark(address);
    },
    pictureName: (address) => (dataPicture.test(address) ? address : null),
    nameOf: (id) => `${PAGE}#${id}`,
    noteOf: (element) => notes?.bodies.get(numberOf(element)) ?? null,
    noterefOf: (element) => plainLabel(notes?.references.get(numberOf(element))),
    isBackLink: (element) => notes?.backLinks.has(numberOf(element)) ?? false,
  };
}

const dataPicture = /^data:image\/(?:png|jpe?g|gif|webp);base64,/iu;

/** The bytes of a picture that is written into the page itself (RFC 2397); null for any other address. */
export function readDataPicture(address: string): Promise<Uint8Array | null> {
  const start = dataPicture.exec(address)?.[0].length;
  return Promise.resolve(start === undefined ? null : Buffer.from(address.slice(start), 'base64'));
}

function idOf(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** `[1]` is called `1`: the page sets it as a number of its own kind. */
function plainLabel(reference: NoteReference | undefined): NoteReference | null {
  return reference === undefined ? null : { ...reference, label: reference.label.replace(/^[[(]|[\])]$/gu, '') };
}
