import { useCallback, useSyncExternalStore } from 'react';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import { type BlockHighlight, HighlightsByBlock, type HighlightSource, noHighlights } from './block-highlights.ts';

/** What one block shows; another object only when something in it changed. */
export interface BlockMarks {
  highlights: readonly BlockHighlight[];
  /** The chosen annotation, when it is one of these. */
  chosen: AnnotationId | null;
}

const bare: BlockMarks = { highlights: noHighlights, chosen: null };
const nothing: ReadonlySet<BlockId> = new Set();

/**
 * The marks on one text: what each block ought to show, and what it does show. The two differ for as long as nobody has
 * drawn the block (`draw`): what is far out of sight can wait, and a block under a selection must. Each block of the page
 * listens for itself, so that a mark costs the rendering of its own paragraph.
 */
export class PageMarks {
  readonly #highlights: HighlightsByBlock;
  readonly #shown = new Map<BlockId, BlockMarks>();
  readonly #behind = new Set<BlockId>();
  readonly #listeners = new Map<BlockId, () => void>();
  #frozen = nothing;
  #chosen: AnnotationId | null = null;
  #drawn = 0;
  #attend: () => void = () => undefined;

  constructor(blocks: readonly Block[]) {
    this.#highlights = new HighlightsByBlock(blocks);
  }

  /** Who draws is told whenever blocks wait to be drawn. */
  attendedBy(attend: () => void): () => void {
    this.#attend = attend;
    return () => {
      if (this.#attend === attend) this.#attend = () => undefined;
    };
  }

  /** A block of the page is rendered in one place, so one listener for each is enough. */
  subscribe(block: BlockId, listener: () => void): () => void {
    this.#listeners.set(block, listener);
    return () => {
      if (this.#listeners.get(block) === listener) this.#listeners.delete(block);
    };
  }

  shown(block: BlockId): BlockMarks {
    return this.#shown.get(block) ?? bare;
  }

  update(source: HighlightSource): void {
    this.#fallBehind(this.#highlights.update(source));
  }

  choose(annotation: AnnotationId | null): void {
    const before = this.#chosen;
    this.#chosen = annotation;
    this.#fallBehind([before, annotation].flatMap((id) => (id === null ? [] : this.#highlights.blocksOf(id))));
  }

  /**
   * While a selection touches these blocks, their marks do not change: a mark that arrives would move the text nodes under
   * the reader's fingers and tear the selection.
   */
  freeze(blocks: ReadonlySet<BlockId>): void {
    this.#frozen = blocks;
    this.#fallBehind([]);
  }

  /** How many highlights stand on the page, one annotation's part in one block being one. */
  get drawn(): number {
    return this.#drawn;
  }

  isWaiting(block: BlockId): boolean {
    return this.#behind.has(block) && !this.#frozen.has(block);
  }

  /** Blocks that wait to be drawn. */
  *waiting(): Iterable<BlockId> {
    for (const block of this.#behind) if (!this.#frozen.has(block)) yield block;
  }

  draw(block: BlockId): void {
    if (!this.isWaiting(block)) return;
    this.#behind.delete(block);
    const highlights = this.#highlights.of(block);
    const chosen = highlights.some(({ id }) => id === this.#chosen) ? this.#chosen : null;
    const before = this.shown(block);
    if (before.highlights === highlights && before.chosen === chosen) return;
    this.#drawn += highlights.length - before.highlights.length;
    this.#shown.set(block, { highlights, chosen });
    this.#listeners.get(block)?.();
  }

  /** Every annotation with a mark in this text, drawn or not, each once. */
  annotations(): ReadonlySet<AnnotationId> {
    const ids = new Set<AnnotationId>();
    for (const block of this.#highlights.blocks) for (const { id } of this.#highlights.of(block)) ids.add(id);
    return ids;
  }

  blocksOf(annotation: AnnotationId): BlockId[] {
    return this.#highlights.blocksOf(annotation);
  }

  #fallBehind(blocks: Iterable<BlockId>): void {
    for (const block of blocks) this.#behind.add(block);
    if (this.#behind.size > 0) this.#attend();
  }
}

/** What a block shows now; renders again when that changes. */
export function useBlockMarks(marks: PageMarks, block: BlockId): BlockMarks {
  const subscribe = useCallback((listener: () => void) => marks.subscribe(block, listener), [marks, block]);
  return useSyncExternalStore(
    subscribe,
    () => marks.shown(block),
    () => bare,
  );
}
