import { createElement, memo, type ReactNode } from 'react';
import { Asterism } from '#components/ui/ornaments.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Block, Mark } from '#shared/text/block.ts';
import type { BlockHighlight } from './block-highlights.ts';
import { incipitEnd } from './incipit.ts';
import { type Segment, segmentsOf } from './segments.ts';

export interface BlockViewProps {
  block: Block;
  highlights: readonly BlockHighlight[];
  /** The chosen annotation, when it is one of these. */
  chosen: AnnotationId | null;
  /** A selection touches this block: nothing in it may change under the reader's hand. */
  frozen: boolean;
  /** The first paragraph of the chapter, which may open in small capitals. */
  opens?: boolean;
  /** The chapter's title, standing above its text. */
  isTitle?: boolean;
}

/** More than this on the same words cannot be told apart by underlines; then a count says how many. */
const LAYERS_MAX = 3;
const layerClass = ['', 'second', 'third'] as const;

const isUnchanged = (before: BlockViewProps, after: BlockViewProps): boolean =>
  before.block === after.block &&
  (after.frozen || (before.highlights === after.highlights && before.chosen === after.chosen));

/** One block of the book's text with the marks upon it; rendered again only when its own marks changed. */
export const BlockView = memo(function BlockView(props: BlockViewProps) {
  const { block, isTitle = false } = props;
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
    <Runs {...props} />,
    <button type="button" tabIndex={-1} className="annotate" aria-label="Annotate this paragraph" data-annotate="" />,
  );
}, isUnchanged);

const classOf: Partial<Record<Block['type'], string>> = { verse: 'verse', code: 'listing', table: 'verse' };

function tagOf(block: Block, isTitle: boolean): string {
  if (isTitle) return 'h1';
  switch (block.type) {
    case 'heading':
      return `h${Math.min(6, Math.max(2, block.level))}`;
    case 'code':
      return 'pre';
    case 'verse':
    case 'table':
    case 'figure':
    case 'listItem':
      return 'div';
    default:
      return 'p';
  }
}

function Runs({ block, highlights, chosen, opens = false }: BlockViewProps): ReactNode {
  const opening = opens ? incipitEnd(block.text) : 0;
  // The small capitals are a mark like any other, so that runs never straddle their end.
  const marks = opening > 0 ? [...block.marks, { type: 'incipit', start: 0, end: opening } as const] : block.marks;
  return segmentsOf(block.text.length, marks as readonly Mark[], highlights).map((segment) => (
    <Run key={segment.start} text={block.text} segment={segment} chosen={chosen} />
  ));
}

interface RunProps {
  text: string;
  segment: Segment<BlockHighlight>;
  chosen: AnnotationId | null;
}

function Run({ text, segment, chosen }: RunProps): ReactNode {
  const { start, end, notes } = segment;
  let run: ReactNode = <span data-o={start}>{text.slice(start, end)}</span>;
  const ids = notes.map(({ id }) => id).join(' ');
  const begins = notes.some((note) => note.start === start);
  for (const [layer, note] of [...notes.slice(0, LAYERS_MAX).entries()].toReversed()) {
    const isInnermost = layer === Math.min(notes.length, LAYERS_MAX) - 1;
    const count =
      isInnermost && notes.length > LAYERS_MAX && notes.some((other) => other.end === end) ? notes.length : null;
    run = (
      <mark
        className={classNames(
          'hl',
          note.private ? 'graphite' : note.colour,
          layerClass[layer],
          note.end > end && 'runs-on',
          note.start < start && 'runs-in',
          note.own && 'is-own',
          note.wet && 'wet',
          note.arrives && 'arrives',
          note.id === chosen && 'is-chosen',
        )}
        data-notes={ids}
        {...(isInnermost && begins ? { tabIndex: -1, 'data-stop': '' } : {})}
        {...(count === null ? {} : { 'data-count': count })}
      >
        {run}
      </mark>
    );
  }
  for (const mark of segment.marks) run = <Marked mark={mark}>{run}</Marked>;
  return run;
}

type ShownMark = Mark | { type: 'incipit'; start: number; end: number };

const elementOf = {
  emphasis: 'em',
  strong: 'strong',
  code: 'code',
  strike: 's',
  superscript: 'sup',
  subscript: 'sub',
} as const;

function Marked({ mark, children }: { mark: ShownMark; children: ReactNode }): ReactNode {
  switch (mark.type) {
    case 'incipit':
      return <span className="incipit">{children}</span>;
    case 'link':
      return (
        <a href={mark.href} target="_blank" rel="noopener noreferrer nofollow">
          {children}
        </a>
      );
    case 'language':
      return (
        <span lang={mark.language} dir={mark.direction}>
          {children}
        </span>
      );
    case 'ruby':
      return (
        <ruby>
          {children}
          <rt>{mark.text}</rt>
        </ruby>
      );
    case 'jump':
    case 'noteref':
    case 'page':
      return children;
    default:
      return createElement(elementOf[mark.type], null, children);
  }
}
