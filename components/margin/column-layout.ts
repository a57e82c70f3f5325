import type { Passage } from '#shared/anchoring/anchor.ts';
import { findKnots, type Knot, topOfLine } from './line-places.ts';
import { baselineOf, measurePassage } from './measure.ts';
import { holds, nextSpan, type Span, spanWithin, type Stretch } from './span.ts';
import { type Slot, stack } from './stack.ts';
import type { TextLines } from './text-lines.ts';

/** A card that stands in the column, or would: `id` is its element's `data-entry`, `passage` the words it stands at. */
export interface Standing {
  id: string;
  passage: Passage;
  /** About which line of the text its words stand in, and how many lines of the text it is high. */
  line: number;
  cost: number;
}

/** What is remembered of a card, whether it is on the page or not. Px of the column. */
interface Place extends Slot {
  id: string;
  standing: Standing;
  /** Its words were measured since the text was last set; until then `anchorTop` is a guess. */
  isFound: boolean;
  baseline: number;
  firstLineRight: number;
  /** Its card was measured since the column was last set; until then `height` is a guess. */
  isMeasured: boolean;
  /** From the card's top to the baseline of its first line. */
  inset: number;
  /** Where its card was put last, and where its words were then; null while there is no card. */
  stood: { top: number; anchorTop: number } | null;
}

/** Cards are there for so many screens above and below what is in sight: about to be seen, wanted soon, not yet let go. */
const SEEN_SCREENS = 0.25;
const WANTED_SCREENS = 1.5;
const KEPT_SCREENS = 2.5;
/** So many cards come in a frame beyond those about to be seen. */
const STEP = 6;
/** From a card's top to its first baseline, before one was measured. */
const USUAL_INSET_PX = 24;
/** After so many cards the mean of their heights is trusted. */
const CARDS_FOR_MEAN = 40;

interface Parts {
  column: () => HTMLElement | null;
  text: () => HTMLElement | null;
  leader: () => HTMLElement | null;
}

/**
 * Where every card of the column stands, also those that are not on the page: what is near is measured, the rest guessed
 * from the lines of the text. A pass over all of them is arithmetic; the page is read and written for the cards that are there.
 * Whatever turns out otherwise than guessed moves nothing that is in sight.
 */
export class ColumnLayout {
  readonly #parts: Parts;
  readonly #known = new Map<string, Place>();
  #places: Place[] = [];
  #indexOf: ReadonlyMap<string, number> = new Map();
  #lines: TextLines | null = null;
  #pivot: string | null = null;
  #tops: number[] = [];
  #onPage = new Set<Place>();
  #width = 0;
  #isTextSet = false;
  #knots: readonly Knot[] = [];
  #isFree = true;
  #inset = USUAL_INSET_PX;
  #heights = { sum: 0, cost: 0, count: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Which cards there are, in reading order, and which of them is chosen. */
  tell(
    standing: readonly Standing[],
    indexOf: ReadonlyMap<string, number>,
    lines: TextLines,
    pivot: string | null,
  ): void {
    if (lines !== this.#lines) this.textWasSet();
    this.#lines = lines;
    if (pivot !== this.#pivot) this.letMove();
    this.#pivot = pivot;
    this.#indexOf = indexOf;
    this.#places = standing.map((one) => {
      const known = this.#known.get(one.id);
      if (known?.standing === one) return known;
      const isAtSameWords = known !== undefined && isSamePlace(known.standing.passage, one.passage);
      const place: Place = known ?? newPlace(one);
      place.standing = one;
      if (!isAtSameWords) {
        place.isFound = false;
        place.anchorTop = topOfLine(this.#knots, one.line);
      }
      this.#known.set(one.id, place);
      return place;
    });
    if (this.#known.size > this.#places.length) {
      for (const id of this.#known.keys()) if (!this.#indexOf.has(id)) this.#known.delete(id);
    }
  }

  /** The next pass may move what is in sight: the reader asked for it, or the page was set anew. */
  letMove(): void {
    this.#isFree = true;
  }

  /** Lines may have moved. */
  textWasSet(): void {
    this.#isTextSet = false;
  }

  /** Marks in these blocks changed, and a mark may bear a sign that moves the words behind it. */
  marksChanged(blocks: ReadonlySet<string>): void {
    for (const place of this.#places) if (blocks.has(place.standing.passage.start.block)) place.isFound = false;
  }

  /** Whether a card's box is another than it was. */
  isOther(card: Element, height: number): boolean {
    const place = this.#known.get(card.getAttribute('data-entry') ?? '');
    if (place === undefined || Math.abs(place.height - height) < 0.5) return false;
    place.isMeasured = false;
    return true;
  }

  /** The cards to have on the page next, and whether some of them are about to be seen and not there yet. */
  next(now: Span): { next: Span; isUrgent: boolean } {
    const page = this.#page();
    if (page === null) return { next: now, isUrgent: false };
    this.#stackAll(page);
    const view = { top: -page.box.top, bottom: innerHeight - page.box.top };
    const within = (screens: number): Span => spanWithin(this.#places, this.#tops, widened(view, screens));
    const seen = within(SEEN_SCREENS);
    const wish = { seen, wanted: within(WANTED_SCREENS), kept: within(KEPT_SCREENS), step: STEP };
    return { next: nextSpan(now, wish), isUrgent: !holds(now, seen) };
  }

  /** Puts every card that is on the page at its place. Reads all boxes first and then writes. */
  place(measures: 'new' | 'all'): void {
    const page = this.#page();
    if (page === null) return;
    const cards = new Map(cardsIn(page.column).map((card) => [card.dataset['entry'] ?? '', card]));
    const before = this.#onPage;
    this.#onPage = new Set();
    for (const [id, card] of cards) {
      const place = this.#known.get(id);
      if (place === undefined) continue;
      this.#onPage.add(place);
      if (!place.isMeasured || place.stood === null || measures === 'all') this.#measureCard(place, card);
    }
    for (const place of before) if (!this.#onPage.has(place)) place.stood = null;
    for (const place of this.#onPage) this.#findWords(place, page);
    this.#stackAll(page);
    const line = this.#leaderLine(page, cards);
    for (const [id, card] of cards) this.#put(id, card);
    this.#isFree = false;
    drawLeader(this.#parts.leader(), line);
  }

  #page(): Page | null {
    const text = this.#parts.text();
    const column = this.#parts.column();
    if (text === null || column === null || column.offsetParent === null) return null;
    const box = column.getBoundingClientRect();
    if (box.width !== this.#width) {
      this.#width = box.width;
      this.#heights = { sum: 0, cost: 0, count: 0 };
      for (const place of this.#known.values()) place.isMeasured = false;
      this.letMove();
    }
    const leading = parseFloat(getComputedStyle(text.querySelector('.prose') ?? text).lineHeight) || 32;
    const page = { text, column, box, leading };
    if (!this.#isTextSet) this.#readText(page);
    return page;
  }

  #readText({ text, box }: Page): void {
    this.#isTextSet = true;
    const lines = this.#lines;
    if (lines === null) return;
    this.#knots = findKnots(text, lines, box.top);
    for (const place of this.#places) {
      place.isFound = false;
      place.anchorTop = topOfLine(this.#knots, place.standing.line);
    }
  }

  #findWords(place: Place, { text, box }: Page): void {
    if (!place.isFound) {
      const words = measurePassage(text, place.standing.passage);
      if (words === null) return;
      place.isFound = true;
      place.baseline = words.baseline - box.top;
      place.firstLineRight = words.firstLineRight - box.left;
    }
    place.anchorTop = place.baseline - (place.isMeasured ? place.inset : this.#inset);
  }

  #measureCard(place: Place, card: HTMLElement): void {
    const { top, height } = card.getBoundingClientRect();
    const head = card.querySelector('[data-line]');
    const inset = head === null ? 0 : baselineOf(head) - top;
    if (!place.isMeasured && place.id !== this.#pivot && this.#heights.count < CARDS_FOR_MEAN) {
      const { sum, cost, count } = this.#heights;
      this.#heights = { sum: sum + height, cost: cost + place.standing.cost, count: count + 1 };
      this.#inset = inset;
    }
    place.height = height;
    place.inset = inset;
    place.isMeasured = true;
  }

  #stackAll({ leading, box }: Page): void {
    const { sum, cost, count } = this.#heights;
    const perLine = count > 0 ? sum / cost : leading;
    for (const place of this.#places) if (!place.isMeasured) place.height = place.standing.cost * perLine;
    const pivot = this.#pivot === null ? null : (this.#indexOf.get(this.#pivot) ?? null);
    this.#tops = stack(this.#places, leading / 2, { pivot, held: this.#held(box) });
  }

  /** The first card in sight stays where it is beside its words, whatever has become of those above. */
  #held(box: DOMRect): { at: number; top: number } | null {
    if (this.#isFree) return null;
    let first: { at: number; top: number } | null = null;
    for (const { id, stood, height, anchorTop } of this.#onPage) {
      const at = this.#indexOf.get(id);
      if (stood === null || at === undefined || stood.top + height < -box.top || stood.top > innerHeight - box.top)
        continue;
      if (first === null || at < first.at) first = { at, top: stood.top + anchorTop - stood.anchorTop };
    }
    return first;
  }

  #put(id: string, card: HTMLElement): void {
    const at = this.#indexOf.get(id);
    const place = this.#known.get(id);
    const top = at === undefined ? undefined : this.#tops[at];
    if (at === undefined || place === undefined || top === undefined) return;
    const translate = `0px ${Math.round(top)}px`;
    if (card.style.translate !== translate) card.style.translate = translate;
    // A card that has just come stands at its place at once; from the next frame on it makes way gently.
    if (place.stood === null) requestAnimationFrame(() => (card.dataset['placed'] = ''));
    place.stood = { top, anchorTop: place.anchorTop };
    // Most cards are not on the page: how many there are, and which this is, has to be said.
    tellPosition(card, at + 1, this.#places.length);
  }

  #leaderLine({ box, leading }: Page, cards: ReadonlyMap<string, HTMLElement>): LeaderLine | null {
    const place = this.#pivot === null ? undefined : this.#known.get(this.#pivot);
    const card = this.#pivot === null ? undefined : cards.get(this.#pivot);
    if (place === undefined || card === undefined || !place.isFound) return null;
    return {
      left: place.firstLineRight,
      width: Math.max(0, card.getBoundingClientRect().left - box.left - place.firstLineRight),
      top: place.baseline + leading * 0.2,
    };
  }
}

interface Page {
  text: HTMLElement;
  column: HTMLElement;
  box: DOMRect;
  /** Of the text, in px. */
  leading: number;
}

interface LeaderLine {
  left: number;
  width: number;
  top: number;
}

export const cardsIn = (column: HTMLElement): HTMLElement[] => [
  ...column.querySelectorAll<HTMLElement>(':scope > [data-entry]'),
];

function newPlace(standing: Standing): Place {
  const unknown = { anchorTop: 0, height: 0, inset: 0, baseline: 0, firstLineRight: 0 };
  return { id: standing.id, standing, ...unknown, isFound: false, isMeasured: false, stood: null };
}

const isSamePlace = (a: Passage, b: Passage): boolean =>
  a.start.block === b.start.block && a.start.offset === b.start.offset;

const widened = ({ top, bottom }: Stretch, screens: number): Stretch => {
  const by = (bottom - top) * screens;
  return { top: top - by, bottom: bottom + by };
};

function tellPosition(card: HTMLElement, position: number, all: number): void {
  if (!card.matches('article')) return;
  const [at, of] = [String(position), String(all)];
  if (card.getAttribute('aria-posinset') !== at) card.setAttribute('aria-posinset', at);
  if (card.getAttribute('aria-setsize') !== of) card.setAttribute('aria-setsize', of);
}

function drawLeader(leader: HTMLElement | null, line: LeaderLine | null): void {
  if (leader === null) return;
  leader.hidden = line === null;
  if (line === null) return;
  leader.style.left = `${line.left}px`;
  leader.style.width = `${line.width}px`;
  leader.style.top = `${line.top}px`;
}
