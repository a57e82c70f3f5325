import { Fragment, type ReactNode } from 'react';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, BlockId } from '#shared/text/block.ts';
import { type Group, groupBlocks } from './block-groups.ts';
import type { BlockHighlight, BlockHighlights } from './block-highlights.ts';
import { BlockView } from './block-view.tsx';
import { footNotesOf, NotesList } from './notes-list.tsx';

/** Always the same list, so that a block without marks is not rendered again. */
export const noHighlights: readonly BlockHighlight[] = [];

interface ProseProps {
  blocks: readonly Block[];
  highlights: BlockHighlights;
  chosen: AnnotationId | null;
  frozen: ReadonlySet<BlockId>;
}

/** The book's text: blocks in order, nested in the quotations and lists they belong to, and its notes under it. */
export function Prose({ blocks, highlights, chosen, frozen }: ProseProps) {
  const opening = blocks.find(({ type }) => type !== 'heading' && type !== 'break');
  const view = (block: Block): ReactNode => {
    const own = highlights.get(block.id) ?? noHighlights;
    return (
      <BlockView
        key={block.id}
        block={block}
        highlights={own}
        chosen={own.some(({ id }) => id === chosen) ? chosen : null}
        frozen={frozen.has(block.id)}
        opens={block === opening && block.type === 'paragraph' && block.quoteDepth === 0}
      />
    );
  };
  const notes = footNotesOf(blocks);
  const running = notes.length === 0 ? blocks : blocks.filter(({ note }) => note === undefined);
  return (
    <div className="prose">
      {groupBlocks(running).map((group, index) => nest(group, index, view))}
      {notes.length === 0 ? null : <NotesList notes={notes} view={view} />}
    </div>
  );
}

function nest(group: Group, key: number, view: (block: Block) => ReactNode): ReactNode {
  if (group.type === 'block') return <Fragment key={key}>{view(group.block)}</Fragment>;
  if (group.type === 'quote') {
    return <blockquote key={key}>{group.children.map((child, index) => nest(child, index, view))}</blockquote>;
  }
  const items = group.items.map(({ block, children }) => (
    <li key={block.id} {...(block.ordinal === null ? {} : { value: block.ordinal })}>
      {view(block)}
      {children.map((child, index) => nest(child, index, view))}
    </li>
  ));
  return group.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
}
