import { Fragment, memo, type ReactNode, useMemo, useRef } from 'react';
import type { Block } from '#shared/text/block.ts';
import { type Group, groupBlocks, runsOf } from './block-groups.ts';
import { BlockView } from './block-view.tsx';
import { footNotesOf, NotesList } from './notes-list.tsx';
import type { PageMarks } from './page-marks.ts';
import { useSkippedRuns } from './use-skipped-runs.ts';

interface ProseProps {
  blocks: readonly Block[];
  marks: PageMarks;
}

/** The book's text: blocks in order, nested in the quotations and lists they belong to, and its notes under it. */
export const Prose = memo(function Prose({ blocks, marks }: ProseProps) {
  const opening = blocks.find(({ type }) => type !== 'heading' && type !== 'break');
  const view = (block: Block): ReactNode => (
    <BlockView
      key={block.id}
      block={block}
      marks={marks}
      opens={block === opening && block.type === 'paragraph' && block.quoteDepth === 0}
    />
  );
  const notes = useMemo(() => footNotesOf(blocks), [blocks]);
  const groups = useMemo(
    () => groupBlocks(notes.length === 0 ? blocks : blocks.filter(({ note }) => note === undefined)),
    [blocks, notes],
  );
  const runs = useMemo(() => runsOf(groups), [groups]);
  const prose = useRef<HTMLDivElement>(null);
  useSkippedRuns(prose, runs);
  return (
    <div className="prose" ref={prose}>
      {runs === null
        ? groups.map((group, index) => nest(group, index, view))
        : runs.map((run, index) => (
            // Runs of an immutable text keep their places.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className="block-run">
              {run.map((group, place) => nest(group, place, view))}
            </div>
          ))}
      {notes.length === 0 ? null : <NotesList notes={notes} view={view} />}
    </div>
  );
});

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
