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

export type BlockHighlights = ReadonlyMap<BlockId, readonly BlockHighlight[]>;

export interface HighlightSource {
  annotations: ReadonlyMap<AnnotationId, Annotation>;
  me: MemberId;
  /** Whose marks the reader wants to see. */
  marks: 'all' | 'mine' | 'none';
  isWet: (annotation: AnnotationId) => boolean;
  isArriving: (annotation: AnnotationId) => boolean;
}

/**
 * The marks of a chapter, by block. A block whose marks are what they were keeps its very list from `before`, so that only
 * blocks that changed are rendered again.
 */
export function highlightsByBlock(
  before: BlockHighlights,
  blocks: readonly Block[],
  indexOf: ReadonlyMap<BlockId, number>,
  source: HighlightSource,
): BlockHighlights {
  const lists = new Map<BlockId, BlockHighlight[]>();
  for (const annotation of source.annotations.values()) {
    if (annotation.anchor === null || !isShown(annotation, source)) continue;
    const { start, end } = annotation.anchor;
    const first = indexOf.get(start.block);
    const last = indexOf.get(end.block);
    if (first === undefined || last === undefined) continue;
    for (let index = first; index <= last; index += 1) {
      const block = blocks[index];
      if (block === undefined || block.text === '') continue;
      const highlight: BlockHighlight = {
        id: annotation.id,
        start: index === first ? start.offset : 0,
        end: index === last ? Math.min(end.offset, block.text.length) : block.text.length,
        colour: annotation.colour,
        author: annotation.author,
        private: annotation.visibility === 'private',
        own: annotation.author === source.me,
        wet: source.isWet(annotation.id),
        arrives: source.isArriving(annotation.id),
      };
      const list = lists.get(block.id);
      if (list === undefined) lists.set(block.id, [highlight]);
      else list.push(highlight);
    }
  }
  const after = new Map<BlockId, readonly BlockHighlight[]>();
  for (const [block, list] of lists) {
    list.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    const known = before.get(block);
    after.set(block, known !== undefined && areAlike(known, list) ? known : list);
  }
  return after;
}

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
