import { useEffect, useState } from 'react';
import type { Block, BlockId } from '#shared/text/block.ts';
import { positionOf } from './dom-positions.ts';

const nothing: ReadonlySet<BlockId> = new Set();

/**
 * The blocks that a selection touches. While it stands, their marks do not change: a mark that arrives would move the text
 * nodes under the reader's fingers and tear the selection.
 */
export function useFrozenBlocks(text: () => HTMLElement | null, blocks: readonly Block[]): ReadonlySet<BlockId> {
  const [frozen, setFrozen] = useState(nothing);
  useEffect(() => {
    const onChange = () => {
      const touched = touchedBlocks(text(), blocks);
      setFrozen((before) => (isSame(before, touched) ? before : touched));
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [text, blocks]);
  return frozen;
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
