import { createElement, Fragment, type ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import type { Mark } from '#shared/text/block.ts';
import type { BlockHighlight } from './block-highlights.ts';
import { JumpLink } from './jump-link.tsx';
import { isPoint, type Segment } from './segments.ts';

/** More than this on the same words cannot be told apart by underlines; then a count says how many. */
const LAYERS_MAX = 3;
const layerClass = ['', 'second', 'third'] as const;

/** A mark, or the small capitals at the opening of a chapter, which are set like one. */
export type ShownMark = Mark | { type: 'incipit'; start: number; end: number };
type Point = Extract<Mark, { type: 'noteref' | 'page' }>;

interface RunListProps {
  text: string;
  segments: readonly Segment<BlockHighlight>[];
  marks: readonly Mark[];
  chosen: AnnotationId | null;
}

/** Runs of text under their marks, with what stands between them: notes' numbers, printed pages. */
export function RunList({ text, segments, marks, chosen }: RunListProps): ReactNode {
  const points = marks.filter((mark) => isPoint(mark)).sort((a, b) => a.start - b.start);
  const shown: ReactNode[] = [];
  let nextPoint = 0;
  const showPoints = (to: number) => {
    for (; nextPoint < points.length && (points[nextPoint]?.start ?? 0) <= to; nextPoint += 1) {
      const point = points[nextPoint];
      if (point !== undefined) shown.push(<PointView key={`${point.type} ${nextPoint}`} point={point} />);
    }
  };
  for (let index = 0; index < segments.length;) {
    const segment = segments[index] as Segment<BlockHighlight>;
    showPoints(segment.start);
    const ruby = segment.marks.find((mark) => mark.type === 'ruby');
    // A reading stands over all of its characters, however many notes part them.
    const end = ruby === undefined ? index + 1 : endOfRuby(segments, index, ruby);
    const runs = segments
      .slice(index, end)
      .map((run) => <Run key={run.start} text={text} segment={run} chosen={chosen} />);
    shown.push(
      ruby === undefined ? (
        <Fragment key={segment.start}>{runs}</Fragment>
      ) : (
        <ruby key={segment.start}>
          {runs}
          <rt>{ruby.text}</rt>
        </ruby>
      ),
    );
    index = end;
  }
  showPoints(Infinity);
  return shown;
}

function endOfRuby(segments: readonly Segment<BlockHighlight>[], from: number, ruby: Mark): number {
  const end = segments.findIndex((segment, index) => index > from && !segment.marks.includes(ruby));
  return end < 0 ? segments.length : end;
}

/** Nothing here has a position in the text, so nothing of it gets into a quotation. */
function PointView({ point }: { point: Point }): ReactNode {
  if (point.type === 'page') {
    return (
      <span className="page-mark" role="doc-pagebreak" data-page={point.label}>
        <span className="vh">Page {point.label}</span>
      </span>
    );
  }
  return (
    <a
      className="noteref"
      role="doc-noteref"
      href={`#foot-${point.note}`}
      data-noteref={point.note}
      data-label={point.label}
    >
      <span className="vh">Note {point.label}</span>
    </a>
  );
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
    case 'jump':
      return <JumpLink to={mark}>{children}</JumpLink>;
    case 'ruby':
    case 'noteref':
    case 'page':
      return children;
    default:
      return createElement(elementOf[mark.type], null, children);
  }
}
