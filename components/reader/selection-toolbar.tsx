'use client';

import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom';
import { Feather, Link2, MessageSquareText, Pencil, Quote } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useSlice } from '#components/room/room-provider.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Colour } from '#shared/records/annotation.ts';
import { colourMeanings, colours } from '#shared/records/colours.ts';
import { usePageShows } from '#components/ui/use-page-shows.ts';
import { rangeOf } from './dom-positions.ts';
import { lastColour } from './last-colour.ts';
import { useReading } from './reading-context.tsx';
import type { SelectionActions } from './use-selection-actions.ts';
import type { Selected } from './use-selected.ts';
import { useMedia } from './use-media.ts';

interface SelectionToolbarProps {
  selected: Selected;
  actions: SelectionActions;
}

/** Where fingers select, the system's own bubble stands above the words; ours then stays at the foot of the page. */
const AT_THE_FOOT = '(pointer: coarse), (max-width: 767px)';

const BETWEEN_HEAD_AND_FOOT = { top: 64, bottom: 72, left: 8, right: 8 };

/** What can be done with selected words: beside them, or at the foot of the page where fingers select. */
export function SelectionToolbar({ selected, actions }: SelectionToolbarProps) {
  const passage = useSlice(selected);
  const atFoot = useMedia(AT_THE_FOOT);
  if (passage === null) return null;
  return atFoot ? <FootBar passage={passage} actions={actions} /> : <FloatingBar passage={passage} actions={actions} />;
}

interface BarProps {
  passage: Passage;
  actions: SelectionActions;
}

function FloatingBar({ passage, actions }: BarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const { text } = useReading();

  useEffect(() => {
    const root = text();
    const element = bar.current;
    if (root === null || element === null) return undefined;
    const words = {
      contextElement: root,
      getBoundingClientRect() {
        const range = rangeOf(root, passage);
        const first = range?.getClientRects()[0] ?? root.getBoundingClientRect();
        const all = range?.getBoundingClientRect() ?? first;
        return new DOMRect(first.left, all.top, first.width, all.height);
      },
    };
    return autoUpdate(words, element, () => {
      void computePosition(words, element, {
        strategy: 'fixed',
        placement: 'top-start',
        middleware: [
          offset(6),
          flip({ padding: BETWEEN_HEAD_AND_FOOT }),
          shift({ padding: 8, boundary: root, rootBoundary: 'viewport' }),
          // Words that fill the screen have no place above or below: the bar lies on them.
          shift({ padding: BETWEEN_HEAD_AND_FOOT, mainAxis: false, crossAxis: true }),
        ],
      }).then(({ x, y }) => Object.assign(element.style, { left: `${x}px`, top: `${y}px` }));
    });
  }, [text, passage]);

  return (
    <Bar className="selbar slip opens" element={bar}>
      <Dips passage={passage} actions={actions} />
      <span className="bar-sep" />
      <button type="button" className="btn plain" title="In pencil: only you" onClick={() => actions.pencil(passage)}>
        <Icon of={Pencil} /> Only me
      </button>
      <span className="bar-sep" />
      <button
        type="button"
        className="btn plain"
        aria-disabled={actions.barred !== null}
        title={actions.barred ?? 'Write a note on these words'}
        onClick={() => actions.comment(passage, 'room')}
      >
        <Icon of={MessageSquareText} /> Comment
      </button>
      <IconAct icon={Quote} label="Copy with quotation" act={() => actions.copy(passage)} />
      <IconAct icon={Link2} label="Copy a link to these words" act={() => actions.share(passage)} />
      <IconAct icon={Feather} label="Send to the pad" act={() => actions.quote(passage)} />
    </Bar>
  );
}

function FootBar({ passage, actions }: BarProps) {
  usePageShows('selection');
  const bar = useRef<HTMLDivElement>(null);
  return (
    <Bar className="selsheet" element={bar}>
      <div className="inks">
        <Dips passage={passage} actions={actions} />
        <button
          type="button"
          className="dip"
          title="In pencil: only you"
          aria-label="In pencil: only you"
          onClick={() => actions.pencil(passage)}
        >
          <span className="hl graphite">a</span>
        </button>
      </div>
      <div className="acts">
        <button
          type="button"
          aria-disabled={actions.barred !== null}
          title={actions.barred ?? undefined}
          onClick={() => actions.comment(passage, 'room')}
        >
          <Icon of={MessageSquareText} />
          Comment
        </button>
        <button type="button" onClick={() => actions.comment(passage, 'private')}>
          <Icon of={Pencil} />
          Note to me
        </button>
        <button type="button" onClick={() => actions.copy(passage)}>
          <Icon of={Quote} />
          Quote
        </button>
        <button type="button" onClick={() => actions.share(passage)}>
          <Icon of={Link2} />
          Link
        </button>
        <button
          type="button"
          aria-disabled={actions.barred !== null}
          title={actions.barred ?? undefined}
          onClick={() => actions.quote(passage)}
        >
          <Icon of={Feather} />
          To the pad
        </button>
      </div>
    </Bar>
  );
}

function Dips({ passage, actions }: BarProps): ReactNode {
  const last = lastColour();
  return colours.map((colour: Colour) => (
    <button
      key={colour}
      type="button"
      className={classNames('dip', colour === last && 'on')}
      aria-disabled={actions.barred !== null}
      title={actions.barred ?? `${nameOf(colour)}: ${colourMeanings[colour].toLowerCase()}`}
      aria-label={`Highlight, ${nameOf(colour)}: ${colourMeanings[colour].toLowerCase()}`}
      onClick={() => actions.highlight(passage, colour)}
    >
      <span className={`hl ${colour}`}>a</span>
    </button>
  ));
}

const nameOf = (colour: Colour): string => colour.charAt(0).toUpperCase() + colour.slice(1);

function IconAct({ icon, label, act }: { icon: typeof Quote; label: string; act: () => void }) {
  return (
    <button type="button" className="icon-btn" title={label} aria-label={label} onClick={act}>
      <Icon of={icon} />
    </button>
  );
}

interface BarFrameProps {
  className: string;
  element: { current: HTMLDivElement | null };
  children: ReactNode;
}

/** The arrow keys move within it, Esc gives the words back. A press must not take the selection away. */
function Bar({ className, element, children }: BarFrameProps) {
  return (
    <div
      ref={element}
      className={className}
      role="toolbar"
      aria-label="Selection"
      tabIndex={-1}
      onKeyDown={moveInBar}
      onPointerDown={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}

function moveInBar(event: KeyboardEvent<HTMLDivElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const last = buttons.length - 1;
  const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at <= 0 ? last : at - 1, Home: 0, End: last }[
    event.key
  ];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[next]?.focus();
}
