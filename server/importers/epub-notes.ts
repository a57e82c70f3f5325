import { placeName, resolveHref } from './epub-href.ts';
import { attribute, isElement, isText, typesOf } from './html-tree.ts';
import type { HtmlElement, HtmlNode, HtmlParent } from './html-tree.ts';
import type { NoteReference } from './markup-reading.ts';

const LABEL_MAX_CHARS = 12;
/** `1`, `[12]`, `(a)`, `*`, `†`, `¹`, `xiv`, `12.`: how books have called their notes. */
const noteLabel = /^[[(]?(?:\p{N}{1,4}[a-z]?|[a-z]|[ivxlc]{1,6}|[*∗⁎†‡§¶‖#]{1,4})[\])]?[.:]?$/iu;
const backWords =
  /^(?:[[(]?(?:\p{N}{1,4}|[a-z]|[*†‡§¶‖#]{1,4})[\])]?[.:]?|[↩↑⏎←⤴▲^]\ufe0e?|back|return|go back|zurück|retour|вернуться)$/iu;
/** Words of the text that are a link to a note, not what the note is called: `Note 12` and `xiv` are labels. */
const wordsNotLabel = /\p{L}{2,}/u;
const labelWords = /^[[(]?(?:(?:foot|end)?note|fn|n|anm|fußnote|nota|прим)\.?\s?\p{N}{1,4}[\])]?$/iu;
const referenceTypes = new Set(['noteref', 'annoref', 'doc-noteref']);
const bodyTypes = new Set('footnote endnote rearnote note annotation doc-footnote doc-endnote'.split(' '));
const backTypes = new Set(['backlink', 'referrer', 'doc-backlink']);
const bodyBlocks = new Set('p li div dd aside section blockquote td tr article footer'.split(' '));
const containers = new Set('div li aside dd blockquote section'.split(' '));

interface Link {
  path: string;
  /** Preorder number of the link's element in its document, and of the block around it. */
  element: number;
  block: number;
  target: string;
  label: string;
  isReference: boolean;
  isBack: boolean;
  hasTextBefore: boolean;
}

/** Where an id stands: which document, and in which block of it (by preorder number of its element). */
interface NamedPlace extends Around {
  path: string;
}

/** What stands around a node. `box` is the element that holds its block, which is the first thing in it or not. */
interface Around {
  block: number;
  box: number;
  isFirst: boolean;
  /** The element that says that it is a note; -1 outside of such. */
  body: number;
}

/** What notes one document holds and refers to, by the preorder numbers of its elements. */
export interface DocumentNotes {
  bodies: ReadonlyMap<number, string>;
  references: ReadonlyMap<number, NoteReference>;
  backLinks: ReadonlySet<number>;
}

/**
 * Finds the foot- and endnotes of a book: those that say so (`epub:type`, the roles of DPUB-ARIA), and those of older
 * books, where a short label leads to a paragraph that leads back. Documents are surveyed one by one, so that no two of
 * their trees are in memory at once; then `notesOf` answers for each.
 */
export class NoteFinder {
  readonly #links: Link[] = [];
  readonly #places = new Map<string, NamedPlace>();

  survey(path: string, root: HtmlParent): void {
    new Survey(path, this.#links, this.#places).walk(root);
  }

  /** By document path, once all are surveyed. */
  notes(): ReadonlyMap<string, DocumentNotes> {
    const found = new Map<string, FoundNotes>();
    const notesIn = (path: string): FoundNotes => {
      const known = found.get(path) ?? { bodies: new Map(), references: new Map(), backLinks: new Set() };
      found.set(path, known);
      return known;
    };
    const backInBlock = new Map<string, Link[]>();
    for (const link of this.#links) {
      const key = `${link.path}\n${link.block}`;
      backInBlock.set(key, [...(backInBlock.get(key) ?? []), link]);
    }
    const referring = new Set<string>();
    const references = this.#links.flatMap((link) => {
      const place = this.#places.get(link.target);
      if (place === undefined || place.block < 0 || isSameBlock(place, link)) return [];
      return link.isReference || this.#leadsBack(link, place, backInBlock) ? [{ link, place }] : [];
    });
    const inBoxes = new Map<string, Set<number>>();
    for (const { place } of references) {
      const key = `${place.path}\n${place.box}`;
      inBoxes.set(key, (inBoxes.get(key) ?? new Set()).add(place.block));
    }
    for (const { link, place } of references) {
      const isAlone = place.isFirst && inBoxes.get(`${place.path}\n${place.box}`)?.size === 1;
      // A paragraph that opens its box stands for the box, unless other notes are in there with it.
      const element = place.body >= 0 ? place.body : isAlone ? place.box : place.block;
      const { bodies } = notesIn(place.path);
      const name = bodies.get(element) ?? link.target;
      bodies.set(element, name);
      notesIn(link.path).references.set(link.element, { target: name, ...calledBy(link.label) });
      referring.add(`${link.path}\n${link.block}`);
    }
    for (const link of this.#links) {
      const place = this.#places.get(link.target);
      const known = notesIn(link.path);
      if (known.references.has(link.element)) continue;
      const leadsToReference = place !== undefined && referring.has(`${place.path}\n${place.block}`);
      if (link.isBack || (leadsToReference && backWords.test(link.label))) known.backLinks.add(link.element);
    }
    return found;
  }

  #leadsBack(link: Link, place: NamedPlace, links: ReadonlyMap<string, Link[]>): boolean {
    const isBody = place.body >= 0;
    if (!noteLabel.test(link.label) || !(link.hasTextBefore || isBody)) return false;
    const body = links.get(`${place.path}\n${place.block}`) ?? [];
    return body.some((back) => {
      const to = this.#places.get(back.target);
      if (to === undefined || !isSameBlock(to, link) || !backWords.test(back.label)) return false;
      // A note may begin like its reference; which is which, the words before tell.
      return !back.hasTextBefore || !noteLabel.test(back.label) || isBody;
    });
  }
}

/** How a note is called: by its label, or by the sign of an unnumbered one where the label is words of the text. */
function calledBy(label: string): Omit<NoteReference, 'target'> {
  if (label === '') return { label: '*' };
  return wordsNotLabel.test(label) && !noteLabel.test(label) && !labelWords.test(label)
    ? { label: '*', isOfWords: true }
    : { label: label.slice(0, LABEL_MAX_CHARS) };
}

interface FoundNotes {
  bodies: Map<number, string>;
  references: Map<number, NoteReference>;
  backLinks: Set<number>;
}

const isSameBlock = (place: NamedPlace, link: Link): boolean => place.path === link.path && place.block === link.block;

/** One walk over one document, collecting links and named places. */
class Survey {
  readonly #path: string;
  readonly #links: Link[];
  readonly #places: Map<string, NamedPlace>;
  #number = -1;
  /** Whether words have been read since the current block began. */
  #hasText = false;

  constructor(path: string, links: Link[], places: Map<string, NamedPlace>) {
    this.#path = path;
    this.#links = links;
    this.#places = places;
  }

  walk(root: HtmlParent): void {
    const steps: { node: HtmlNode; around: Around; isFirst: boolean }[] = [];
    const enter = (parent: HtmlParent, around: Around) => {
      const first = parent.childNodes.find((node) => isElement(node) || (isText(node) && node.value.trim() !== ''));
      for (const node of parent.childNodes.toReversed()) steps.push({ node, around, isFirst: node === first });
    };
    enter(root, { block: -1, box: -1, isFirst: false, body: -1 });
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const { node, around, isFirst } = step;
      if (isText(node)) this.#hasText ||= node.value.trim() !== '';
      if (!isElement(node)) continue;
      this.#number += 1;
      const isBlock = bodyBlocks.has(node.tagName) || /^h[1-6]$/u.test(node.tagName);
      const types = [...typesOf(node), attribute(node, 'role') ?? ''];
      const body = around.body < 0 && types.some((type) => bodyTypes.has(type)) ? this.#number : around.body;
      if (isBlock) this.#hasText = false;
      const ids = namesOf(node).map((id) => placeName({ path: this.#path, fragment: id }));
      const isBoxed = containers.has(parentTag(node));
      const inner = isBlock
        ? { block: this.#number, box: isBoxed ? around.block : -1, isFirst: isFirst && isBoxed, body }
        : { ...around, body };
      for (const name of ids) {
        if (!this.#places.has(name)) this.#places.set(name, { path: this.#path, ...inner });
      }
      if (node.tagName === 'a') this.#link(node, types, inner.block);
      enter(node, inner);
    }
  }

  #link(node: HtmlElement, types: readonly string[], block: number): void {
    const place = resolveHref(this.#path, attribute(node, 'href') ?? '');
    if (place === null || place.fragment === null) return;
    this.#links.push({
      path: this.#path,
      element: this.#number,
      block,
      target: placeName(place),
      label: labelOf(node),
      isReference: types.some((type) => referenceTypes.has(type)),
      isBack: types.some((type) => backTypes.has(type)),
      hasTextBefore: this.#hasText,
    });
  }
}

const namesOf = (element: HtmlElement): string[] =>
  [attribute(element, 'id'), element.tagName === 'a' ? attribute(element, 'name') : null].filter(
    (id): id is string => id !== null && id !== '',
  );

const parentTag = ({ parentNode }: HtmlElement): string =>
  parentNode !== null && 'tagName' in parentNode ? parentNode.tagName : '';

function labelOf(link: HtmlElement): string {
  let text = '';
  const waiting: HtmlNode[] = link.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined && text.length < 80; node = waiting.pop()) {
    if (isText(node)) text += node.value;
    else if (isElement(node)) waiting.push(...node.childNodes.toReversed());
  }
  return text.replace(/\s+/gu, ' ').trim();
}
