import type { Annotation, Colour } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import type { Stretch } from './segments.ts';

/** One annotation's part in one block, with all that its mark shows. */
export interface BlockHighlight extends Stretch {
  id: AnnotationId;
  colour: Colour;
  author: MemberId;
  private: boolean;
  own: boolean;
  /** Not saved yet. */
  wet: boolean;
  /** Came in just now and soaks into the page; says nothing about what is shown, so it is not compared. */
  arrives: boolean;
}

/** Always the same list, so that a block without marks is not rendered again. */
export const noHighlights: readonly BlockHighlight[] = [];

export interface HighlightSource {
  annotations: ReadonlyMap<AnnotationId, Annotation>;
  me: MemberId;
  /** Whose marks the reader wants to see. */
  marks: 'all' | 'mine' | 'none';
  /** The margin is whole: what comes from now on has just been written. */
  synced: boolean;
  isWet: (annotation: AnnotationId) => boolean;
}

/** A mark is new for as long as its ink needs to soak in, and a little more for a page that was busy. */
const ARRIVING_MS = 1_500;

/** An annotation as it was when its marks were made. */
interface Known {
  annotation: Annotation;
  wet: boolean;
  /** When it came in while the page was open; 0 for what stood there from the beginning. */
  cameAt: number;
  /** The blocks that its marks are in, by their index; none when `last` is before `first`. */
  first: number;
  last: number;
}

/**
 * The marks of one text, by block. What did not change costs a comparison; an annotation that did, the lists of its own
 * blocks. A block whose marks are what they were keeps its very list.
 */
export class HighlightsByBlock {
  readonly #blocks: readonly Block[];
  readonly #indexOf: ReadonlyMap<BlockId, number>;
  readonly #known = new Map<AnnotationId, Known>();
  readonly #lists = new Map<BlockId, readonly BlockHighlight[]>();
  #before: HighlightSource | null = null;

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
    this.#indexOf = new Map(blocks.map(({ id }, index) => [id, index]));
  }

  /** Blocks with marks, in no order. */
  get blocks(): Iterable<BlockId> {
    return this.#lists.keys();
  }

  of(block: BlockId): readonly BlockHighlight[] {
    const list = this.#lists.get(block) ?? noHighlights;
    if (!list.some(({ id, arrives }) => arrives && !this.#isArriving(id))) return list;
    const dried = this.#dried(list);
    this.#lists.set(block, dried);
    return dried;
  }

  blocksOf(annotation: AnnotationId): BlockId[] {
    const { first, last } = this.#known.get(annotation) ?? nowhere;
    return this.#blocks.slice(first, last + 1).map(({ id }) => id);
  }

  /** Takes in what the margin holds by now; the blocks that show other marks than before. */
  update(source: HighlightSource): ReadonlySet<BlockId> {
    const before = this.#before;
    this.#before = source;
    const touched = new Map<BlockId, BlockHighlight[]>();
    if (before !== null && (before.me !== source.me || before.marks !== source.marks)) {
      for (const [block] of this.#lists) touched.set(block, []);
      for (const known of this.#known.values()) this.#put(touched, known, source);
    }
    const now = performance.now();
    for (const [id, annotation] of source.annotations) {
      const known = this.#known.get(id);
      const wet = source.isWet(id);
      if (known !== undefined && known.annotation === annotation && known.wet === wet) continue;
      // What comes with the margin itself was there before; only what comes after it, or is being written here, arrives.
      const arrives = before !== null && (before.synced || wet);
      const next = { ...nowhere, annotation, wet, cameAt: known?.cameAt ?? (arrives ? now : 0) };
      if (known !== undefined) this.#take(touched, known);
      this.#known.set(id, next);
      this.#put(touched, next, source);
    }
    if (this.#known.size > source.annotations.size) {
      for (const [id, known] of this.#known) {
        if (source.annotations.has(id)) continue;
        this.#take(touched, known);
        this.#known.delete(id);
      }
    }
    return this.#settle(touched);
  }

  /** Writes the lists that are truly others than before. */
  #settle(touched: ReadonlyMap<BlockId, BlockHighlight[]>): ReadonlySet<BlockId> {
    const changed = new Set<BlockId>();
    for (const [block, list] of touched) {
      list.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
      if (areAlike(this.#lists.get(block) ?? noHighlights, list)) continue;
      if (list.length === 0) this.#lists.delete(block);
      else this.#lists.set(block, list);
      changed.add(block);
    }
    return changed;
  }

  #put(touched: Map<BlockId, BlockHighlight[]>, known: Known, source: HighlightSource): void {
    const { annotation, wet } = known;
    const { anchor } = annotation;
    const first = anchor === null ? undefined : this.#indexOf.get(anchor.start.block);
    const last = anchor === null ? undefined : this.#indexOf.get(anchor.end.block);
    Object.assign(known, { first: nowhere.first, last: nowhere.last });
    if (anchor === null || first === undefined || last === undefined || !isShown(annotation, source)) return;
    Object.assign(known, { first, last });
    for (let index = first; index <= last; index += 1) {
      const block = this.#blocks[index];
      if (block === undefined || block.text === '') continue;
      this.#listOf(touched, block.id).push({
        id: annotation.id,
        start: index === first ? anchor.start.offset : 0,
        end: index === last ? Math.min(anchor.end.offset, block.text.length) : block.text.length,
        colour: annotation.colour,
        author: annotation.author,
        private: annotation.visibility === 'private',
        own: annotation.author === source.me,
        wet,
        arrives: this.#isArriving(annotation.id),
      });
    }
  }

  #take(touched: Map<BlockId, BlockHighlight[]>, { annotation, first, last }: Known): void {
    for (let index = first; index <= last; index += 1) {
      const block = this.#blocks[index];
      if (block === undefined || block.text === '') continue;
      const list = this.#listOf(touched, block.id);
      const at = list.findIndex(({ id }) => id === annotation.id);
      if (at >= 0) list.splice(at, 1);
    }
  }

  #listOf(touched: Map<BlockId, BlockHighlight[]>, block: BlockId): BlockHighlight[] {
    const known = touched.get(block);
    if (known !== undefined) return known;
    const list = this.#dried(this.#lists.get(block) ?? noHighlights);
    touched.set(block, list);
    return list;
  }

  /** A copy in which only what came in just now still soaks: where runs are cut anew, others would soak a second time. */
  #dried(list: readonly BlockHighlight[]): BlockHighlight[] {
    return list.map((one) => (one.arrives && !this.#isArriving(one.id) ? { ...one, arrives: false } : one));
  }

  #isArriving(annotation: AnnotationId): boolean {
    const cameAt = this.#known.get(annotation)?.cameAt ?? 0;
    return cameAt > 0 && performance.now() - cameAt < ARRIVING_MS;
  }
}

const nowhere = { first: 0, last: -1 };

function isShown(annotation: Annotation, { marks, me }: HighlightSource): boolean {
  if (annotation.deleted || annotation.hidden || marks === 'none') return false;
  return marks === 'all' || annotation.author === me;
}

const areAlike = (a: readonly BlockHighlight[], b: readonly BlockHighlight[]): boolean =>
  a.length === b.length && a.every((highlight, index) => isAlike(highlight, b[index]));

const isAlike = (a: BlockHighlight, b: BlockHighlight | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.start === b.start &&
  a.end === b.end &&
  a.colour === b.colour &&
  a.private === b.private &&
  a.wet === b.wet;
