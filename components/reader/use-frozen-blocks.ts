import { useEffect } from 'react';
import type { Block, BlockId } from '#shared/text/block.ts';
import { positionOf } from './dom-positions.ts';
import type { PageMarks } from './page-marks.ts';

const nothing: ReadonlySet<BlockId> = new Set();

/** Holds the marks of the blocks that a selection touches, for as long as it stands. */
export function useFrozenBlocks(text: () => HTMLElement | null, blocks: readonly Block[], marks: PageMarks): void {
  useEffect(() => {
    let frozen = nothing;
    const onChange = () => {
      const touched = touchedBlocks(text(), blocks);
      if (isSame(frozen, touched)) return;
      frozen = touched;
      marks.freeze(touched);
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [text, blocks, marks]);
}

function touchedBlocks(root: HTMLElement | null, blocks: readonly Block[]): ReadonlySet<BlockId> {
  const selection = document.getSelection();
  if (root === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return nothing;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return nothing;
  const start = positionOf(root, range.startContainer, range.startOffset, 'start');
  const end = positionOf(root, range.endContainer, range.endOffset, 'end');
  if (start === null || end === null) return nothing;
  const first = blocks.findIndex(({ id }) => id === start.block);
  const last = blocks.findIndex(({ id }) => id === end.block);
  return new Set(blocks.slice(Math.max(0, first), last + 1).map(({ id }) => id));
}

const isSame = (a: ReadonlySet<BlockId>, b: ReadonlySet<BlockId>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));
