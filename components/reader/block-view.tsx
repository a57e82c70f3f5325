import { createElement, memo, type ReactNode } from 'react';
import { Asterism } from '#components/ui/ornaments.tsx';
import type { Block, Mark } from '#shared/text/block.ts';
import { incipitEnd } from './incipit.ts';
import { FigureView } from './figure-view.tsx';
import { type BlockMarks, type PageMarks, useBlockMarks } from './page-marks.ts';
import { RunList } from './run-list.tsx';
import { segmentsOf } from './segments.ts';
import { TableView } from './table-view.tsx';

export interface BlockViewProps {
  block: Block;
  marks: PageMarks;
  /** The first paragraph of the chapter, which may open in small capitals. */
  opens?: boolean;
  /** The chapter's title, standing above its text. */
  isTitle?: boolean;
}

/** One block of the book's text with the marks upon it; rendered again only when its own marks changed. */
export const BlockView = memo(function BlockView({ block, marks, opens = false, isTitle = false }: BlockViewProps) {
  const shown = useBlockMarks(marks, block.id);
  if (block.type === 'break') {
    return (
      <div className="break" role="separator" data-b={block.id} id={block.id}>
        <Asterism />
      </div>
    );
  }
  return createElement(
    tagOf(block, isTitle),
    {
      id: block.id,
      'data-b': block.id,
      lang: block.language,
      dir: block.direction,
      ...(classOf[block.type] === undefined ? {} : { className: classOf[block.type] }),
    },
    contentOf(block, shown, opens),
    block.text === '' ? null : (
      <button type="button" tabIndex={-1} className="annotate" aria-label={annotateLabel(block)} data-annotate="" />
    ),
  );
});

const classOf: Partial<Record<Block['type'], string>> = {
  verse: 'verse',
  code: 'listing',
  figure: 'book-figure',
  table: 'book-table',
};

function tagOf(block: Block, isTitle: boolean): string {
  if (isTitle) return 'h1';
  switch (block.type) {
    case 'heading':
      return `h${Math.min(6, Math.max(2, block.level))}`;
    case 'code':
      return 'pre';
    case 'figure':
      return 'figure';
    case 'verse':
    case 'table':
    case 'listItem':
      return 'div';
    default:
      return 'p';
  }
}

function contentOf(block: Block, { highlights, chosen }: BlockMarks, opens: boolean): ReactNode {
  if (block.type === 'table') return <TableView block={block} highlights={highlights} chosen={chosen} />;
  const opening = opens ? incipitEnd(block.text) : 0;
  // The small capitals are a mark like any other, so that runs never straddle their end.
  const marks = opening > 0 ? [...block.marks, { type: 'incipit', start: 0, end: opening } as const] : block.marks;
  const segments = segmentsOf(block.text.length, marks as readonly Mark[], highlights);
  const runs = <RunList text={block.text} segments={segments} marks={block.marks} chosen={chosen} />;
  return block.type === 'figure' ? <FigureView block={block}>{runs}</FigureView> : runs;
}

function annotateLabel({ type }: Block): string {
  if (type === 'table') return 'Annotate this table';
  return type === 'figure' ? 'Annotate this caption' : 'Annotate this paragraph';
}
