import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { useMargin } from '#components/room/margin-provider.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { comparePositions } from '#shared/anchoring/quote.ts';
import { colours } from '#shared/records/colours.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block } from '#shared/text/block.ts';
import { sentencePassage, stretched, wholeBlock } from './block-cursor.ts';
import { blockElement, rangeOf } from './dom-positions.ts';
import { isForPage } from './is-for-page.ts';
import { lastColour } from './last-colour.ts';
import { currentLook, setLook } from './look-store.ts';
import { stopFor } from './marks-on-page.ts';
import type { PageMarks } from './page-marks.ts';
import type { Reading } from './reading-context.tsx';
import { inReadingOrder } from './use-marks.ts';
import { selectedPassage, type Selected } from './use-selected.ts';
import type { SelectionActions } from './use-selection-actions.ts';

export interface ReadingKeys {
  reading: Reading;
  selected: Selected;
  actions: SelectionActions;
  marks: PageMarks;
  openKeys: () => void;
  openContents: () => void;
  openSearch: () => void;
  nextNew: () => void;
  /** Says to a screen reader what was selected. */
  announce: (words: string) => void;
}

/**
 * Reading and marking by keyboard alone. A cursor of our own goes from block to block (`j`, `k`); `s` selects the sentence
 * it stands at, arrows stretch that by words and sentences. It works through the browser's own selection, so what follows
 * (bar, freezing, marking) is the same for mouse, touch and keys; caret browsing needs none of it. Letters can be off.
 */
export function useReadingKeys(keys: ReadingKeys): void {
  const { annotations } = useMargin();
  useEffect(() => {
    const page = new KeyedPage(keys);
    const onKey = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const act =
        page.whileSelected(event) ??
        (currentLook().letterKeys ? page.letter(event, () => inReadingOrder(keys.marks, annotations)) : null);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys, annotations]);
}

type Act = () => void;

class KeyedPage {
  readonly #keys: ReadingKeys;

  constructor(keys: ReadingKeys) {
    this.#keys = keys;
  }

  /** What a key does while words are selected; null when it does nothing of its own then. */
  whileSelected(event: KeyboardEvent): Act | null {
    const { reading, actions } = this.#keys;
    if (event.key === 'Escape') return this.#escape();
    const passage = this.#passage();
    if (passage === null) return null;
    if (event.key === 'Tab' && !event.shiftKey) {
      const bar = document.querySelector<HTMLElement>('[role="toolbar"][aria-label="Selection"] button');
      return bar === null || bar.closest('[role="toolbar"]')?.contains(document.activeElement)
        ? null
        : () => bar.focus();
    }
    if (this.#isOurs()) {
      const stretch = strides[event.key];
      if (stretch !== undefined) {
        return () => this.#select(stretched(reading.chapter.blocks, passage, ...stretch, reading.chapter.language));
      }
      if (event.key === 'Enter') return () => actions.highlight(passage, lastColour());
    }
    return null;
  }

  letter(event: KeyboardEvent, ordered: () => ReturnType<typeof inReadingOrder>): Act | null {
    const { actions, reading } = this.#keys;
    const passage = this.#passage();
    const colour = colours[Number(event.key) - 1];
    if (passage !== null) {
      if (colour !== undefined) return () => actions.highlight(passage, colour);
      switch (event.key) {
        case 'h':
          return () => actions.highlight(passage, lastColour());
        case 'n':
          return () => actions.comment(passage, 'room');
        case 'N':
        case 'p':
          return () => actions.comment(passage, 'private');
        case 'c':
          return () => actions.copy(passage);
        case 'l':
          return () => actions.share(passage);
        default:
      }
    }
    switch (event.key) {
      case 'j':
        return () => this.#moveCursor(1);
      case 'k':
        return () => this.#moveCursor(-1);
      case 's':
        return () => this.#selectAtCursor('sentence');
      case 'S':
        return () => this.#selectAtCursor('block');
      case ']':
        return () => this.#goToNote(ordered(), 1);
      case '[':
        return () => this.#goToNote(ordered(), -1);
      case 'u':
        return this.#keys.nextNew;
      case 'c':
        return this.#keys.openContents;
      case '/':
        return this.#keys.openSearch;
      case '?':
        return this.#keys.openKeys;
      case 'n':
        return () => reading.setDraft({ passage: null, colour: lastColour(), visibility: 'room' });
      case '+':
        return () => setLook({ size: Math.min(8, currentLook().size + 1) });
      case '-':
        return () => setLook({ size: Math.max(-3, currentLook().size - 1) });
      default:
        return null;
    }
  }

  #passage(): Passage | null {
    const { selected, reading } = this.#keys;
    // What settles a moment later may still be the selection before the last key.
    return selectedPassage(reading.text(), reading.chapter.blocks) ?? selected.get();
  }

  /** A selection that our keys made has its cursor in a block that holds focus. */
  #isOurs(): boolean {
    return document.activeElement?.hasAttribute('data-b') ?? false;
  }

  #escape(): Act | null {
    const { reading } = this.#keys;
    if (document.getSelection()?.isCollapsed === false && this.#passage() !== null) {
      return () => {
        const bar = document.activeElement?.closest('[role="toolbar"]');
        if (bar) this.#cursor()?.focus({ preventScroll: true });
        else document.getSelection()?.removeAllRanges();
      };
    }
    const { chosen } = reading;
    if (chosen === null) return null;
    return () => {
      reading.choose(null);
      this.#focusMark(chosen);
    };
  }

  /** The block that the cursor stands at: the focused one, the selected one, or where the reader is. */
  #cursor(): HTMLElement | null {
    const { reading } = this.#keys;
    const root = reading.text();
    if (root === null) return null;
    const focused = document.activeElement?.closest<HTMLElement>('[data-b]') ?? null;
    if (focused !== null && root.contains(focused)) return focused;
    const block = this.#passage()?.end.block ?? reading.place.get()?.sentence.start.block;
    return block === undefined ? null : blockElement(root, block);
  }

  #cursorBlock(): Block | undefined {
    const id = this.#cursor()?.getAttribute('data-b');
    return this.#keys.reading.chapter.blocks.find((block) => block.id === id);
  }

  #moveCursor(by: 1 | -1): void {
    const { reading } = this.#keys;
    const blocks = reading.chapter.blocks.filter(({ text }) => text !== '');
    const isAtBlock = document.activeElement?.closest('[data-b]') !== null;
    const at = blocks.findIndex(({ id }) => id === this.#cursorBlock()?.id);
    // The first press takes up the cursor where the reader is.
    const next = blocks[isAtBlock ? at + by : Math.max(0, at)];
    if (next === undefined) return;
    document.getSelection()?.removeAllRanges();
    this.#focusBlock(next);
    const whole = wholeBlock(next);
    if (whole !== null && !this.#isInSight(next)) reading.goTo(whole, 'instant');
  }

  #focusBlock({ id }: Block): void {
    const root = this.#keys.reading.text();
    const element = root && blockElement(root, id);
    if (!root || !element) return;
    for (const before of root.querySelectorAll('[data-b][aria-current]')) before.removeAttribute('aria-current');
    element.tabIndex = -1;
    element.setAttribute('aria-current', 'true');
    element.focus({ preventScroll: true });
  }

  #isInSight({ id }: Block): boolean {
    const root = this.#keys.reading.text();
    const rect = root && blockElement(root, id)?.getBoundingClientRect();
    return rect ? rect.top > innerHeight * 0.12 && rect.top < innerHeight * 0.7 : false;
  }

  #selectAtCursor(what: 'sentence' | 'block'): void {
    const { reading } = this.#keys;
    const block = this.#cursorBlock();
    if (block === undefined) return;
    const before = this.#passage();
    const here = reading.place.get()?.sentence.start;
    const isFresh = document.activeElement?.closest('[data-b]') === null;
    let offset = isFresh && here?.block === block.id ? here.offset : 0;
    // Pressed again, it goes on to the sentence after the selected one.
    if (before?.end.block === block.id && before.end.offset < block.text.length) offset = before.end.offset + 1;
    const passage = what === 'block' ? wholeBlock(block) : sentencePassage(block, offset, reading.chapter.language);
    if (passage === null) return;
    this.#focusBlock(block);
    this.#select(passage);
  }

  #select(passage: Passage): void {
    const { reading, announce } = this.#keys;
    const root = reading.text();
    const range = root && rangeOf(root, passage);
    if (!range) return;
    document
      .getSelection()
      ?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    const rect = range.getBoundingClientRect();
    if (rect.top < innerHeight * 0.12 || rect.bottom > innerHeight * 0.88) reading.goTo(passage, 'instant');
    announce(`Selected: ${range.toString()}`);
  }

  #goToNote(ordered: ReturnType<typeof inReadingOrder>, by: 1 | -1): void {
    const { reading } = this.#keys;
    if (ordered.length === 0) return;
    const at = ordered.findIndex(({ id }) => id === reading.chosen);
    let next = at + by;
    if (at < 0) {
      const here = reading.place.get()?.position;
      const beyond =
        here === undefined
          ? 0
          : ordered.findIndex(({ anchor }) => anchor !== null && comparePositions(anchor.start, here) >= 0);
      next = by === 1 ? beyond : (beyond < 0 ? ordered.length : beyond) - 1;
    }
    const note = ordered[(next + ordered.length) % ordered.length];
    if (note === undefined) return;
    reading.choose(note.id, { scroll: true });
    this.#focusMark(note.id);
  }

  /** It may be so far away that nobody has drawn it yet. */
  #focusMark(annotation: AnnotationId): void {
    const { reading, marks } = this.#keys;
    const root = reading.text();
    if (root === null) return;
    const blocks = marks.blocksOf(annotation);
    flushSync(() => {
      for (const block of blocks) marks.draw(block);
    });
    stopFor(root, blocks, annotation)?.focus({ preventScroll: true });
  }
}

const strides: Record<string, ['word' | 'sentence', 'on' | 'back']> = {
  ArrowRight: ['word', 'on'],
  ArrowLeft: ['word', 'back'],
  ArrowDown: ['sentence', 'on'],
  ArrowUp: ['sentence', 'back'],
};
