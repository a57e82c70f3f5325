'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { Faces } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import type { MemberId } from '#shared/records/ids.ts';
import { DRAFT_ENTRY, DraftSlip } from './draft-slip.tsx';
import { useDesk } from './desk.tsx';
import { foldCrowds } from './fold-crowds.ts';
import { NoteCard } from './note-card.tsx';
import { usePeople } from './people.tsx';
import { counted } from './sentences.ts';
import { lineOf, noteCost } from './text-lines.ts';
import { ThreadView } from './thread-view.tsx';
import type { Thread } from './threads.ts';
import { useArrivals } from './use-arrivals.ts';
import type { OpenThread } from './use-open-thread.ts';
import { usePlacement } from './use-placement.ts';

/** A note may be pushed this many lines of text from its words before it folds into a crowd. */
const REACH_LINES = 10;

interface MarginColumnProps {
  notes: readonly Thread[];
  open: OpenThread | null;
}

type Shown = { kind: 'note'; thread: Thread } | { kind: 'crowd'; threads: Thread[]; sameBlock: boolean };

/** Notes beside the text, each at its words' baseline; the chosen one is a slip with a leader to its passage. */
export function MarginColumn({ notes, open }: MarginColumnProps) {
  const { text, choose, draft, chapter } = useReading();
  const { margin } = useDesk();
  const column = useRef<HTMLElement | null>(null);
  const leader = useRef<HTMLDivElement | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const arrivals = useArrivals(notes, open?.thread.annotation.id ?? null);

  const shown = useMemo(() => {
    const here = withOpen(notes, open).filter(({ annotation }) => !arrivals.above.has(annotation.id));
    const line = lineOf(chapter.blocks);
    const byId = new Map<string, Thread>(here.map((thread) => [thread.annotation.id, thread]));
    const entries = foldCrowds(
      here.map((thread) => {
        const { annotation, replies } = thread;
        const start = annotation.anchor?.start ?? { block: '', offset: 0 };
        const keep = annotation.id === open?.thread.annotation.id || margin.unsaved.has(annotation.id);
        return {
          id: annotation.id,
          block: start.block,
          line: line(start),
          cost: noteCost(annotation.body, replies.length > 0 || margin.reactions.has(annotation.id)),
          keep: keep || unfolded.has(annotation.id),
        };
      }),
      REACH_LINES,
    );
    const thread = (id: string): Thread[] => [byId.get(id)].filter((one) => one !== undefined);
    return entries.flatMap((entry): Shown[] =>
      entry.kind === 'note'
        ? thread(entry.id).map((one) => ({ kind: 'note', thread: one }))
        : [{ kind: 'crowd', threads: entry.ids.flatMap(thread), sameBlock: entry.sameBlock }],
    );
  }, [notes, open, arrivals.above, chapter.blocks, margin.unsaved, margin.reactions, unfolded]);

  const draftPassage = draft?.passage ?? null;
  const standing = useMemo(() => {
    const cards = shown.flatMap((entry) => {
      const first = entry.kind === 'note' ? entry.thread : entry.threads[0];
      const anchor = first?.annotation.anchor;
      if (first === undefined || !anchor) return [];
      const id: string = entry.kind === 'note' ? first.annotation.id : `crowd-${first.annotation.id}`;
      return [{ id, passage: { start: anchor.start, end: anchor.end } }];
    });
    if (draftPassage === null) return cards;
    const line = lineOf(chapter.blocks);
    const at = cards.findIndex(({ passage }) => line(passage.start) > line(draftPassage.start));
    return cards.toSpliced(at < 0 ? cards.length : at, 0, { id: DRAFT_ENTRY, passage: draftPassage });
  }, [shown, draftPassage, chapter.blocks]);

  const pivot = draftPassage === null ? (open?.thread.annotation.id ?? null) : DRAFT_ENTRY;
  usePlacement({ column, text, standing, pivot, leader });

  const openNote = useCallback(
    (thread: Thread, byKeyboard: boolean) => choose(thread.annotation.id, { focus: byKeyboard }),
    [choose],
  );
  const ink = draft === null ? open?.thread.annotation : null;
  const leaderInk = ink ? (ink.visibility === 'private' ? 'graphite' : ink.colour) : (draft?.colour ?? '');

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys only move between the buttons inside
    <aside className="margin" aria-label="Notes in the margin" ref={column} onKeyDown={moveBetweenNotes}>
      {margin.synced && notes.length === 0 && draft === null && open === null ? <EmptyMargin /> : null}
      {shown.map((entry) => {
        if (entry.kind === 'crowd') {
          const ids = entry.threads.map(({ annotation }) => annotation.id);
          return (
            <Crowd key={`crowd-${ids[0]}`} {...entry} onUnfold={() => setUnfolded(new Set([...unfolded, ...ids]))} />
          );
        }
        const { annotation } = entry.thread;
        if (annotation.id === open?.thread.annotation.id && draft === null) {
          return <ThreadView key={annotation.id} thread={entry.thread} gone={open.gone} className="note is-open" />;
        }
        return (
          <NoteCard
            key={annotation.id}
            thread={entry.thread}
            onOpen={openNote}
            arrives={arrivals.isFresh(annotation.id)}
          />
        );
      })}
      {draft !== null && draftPassage !== null ? <DraftSlip draft={draft} className="note is-open" /> : null}
      <div className={`leader ${leaderInk}`} ref={leader} hidden />
      <NewNotes above={arrivals.above} below={arrivals.below} onShow={arrivals.show} />
    </aside>
  );
}

/** A bare highlight shows no note until it is chosen; then it stands among the others, at its words. */
function withOpen(notes: readonly Thread[], open: OpenThread | null): readonly Thread[] {
  if (open === null || open.thread.annotation.anchor === null) return notes;
  const { thread } = open;
  if (notes.some(({ annotation }) => annotation.id === thread.annotation.id)) return notes;
  return notes.toSpliced(open.index, 0, thread);
}

function EmptyMargin() {
  return (
    <div className="note empty-margin">
      <p className="quiet">
        No one has written here yet. Select some words, or press <kbd>S</kbd> and then <kbd>N</kbd>.
      </p>
    </div>
  );
}

const FACES_SHOWN = 3;

function Crowd({ threads, sameBlock, onUnfold }: { threads: Thread[]; sameBlock: boolean; onUnfold: () => void }) {
  const people = usePeople();
  const authors = new Map<MemberId, string>();
  for (const { annotation } of threads) authors.set(annotation.author, people.name(annotation.author));
  const faces = [...authors.keys()].slice(0, FACES_SHOWN).flatMap((id) => {
    const member = people.member(id);
    return member === null ? [] : [{ key: id, initials: member.initials, ink: `--p-${member.ink}` as const }];
  });
  return (
    <div className="note is-line" data-entry={`crowd-${threads[0]?.annotation.id ?? ''}`}>
      <Faces faces={faces} />
      <span data-line="">
        <button type="button" className="link" onClick={onUnfold}>
          {threads.length} more
        </button>{' '}
        {sameBlock ? 'on this paragraph' : 'here'}
      </span>
    </div>
  );
}

interface NewNotesProps {
  above: ReadonlySet<string>;
  below: ReadonlySet<string>;
  onShow: (side: 'above' | 'below') => void;
}

/** What came while one was reading elsewhere: never moves the page by itself. */
function NewNotes({ above, below, onShow }: NewNotesProps) {
  if (above.size === 0 && below.size === 0) return null;
  return (
    <div className="new-notes">
      {above.size > 0 ? (
        <button type="button" className="newpill" onClick={() => onShow('above')}>
          <Icon of={ArrowUp} /> {counted(above.size, 'new note', 'new notes')} above
        </button>
      ) : null}
      {below.size > 0 ? (
        <button type="button" className="newpill" onClick={() => onShow('below')}>
          {above.size > 0 ? `${below.size} below` : `${counted(below.size, 'new note', 'new notes')} below`}{' '}
          <Icon of={ArrowDown} />
        </button>
      ) : null}
    </div>
  );
}

/** Arrow keys go from note to note, in reading order. */
function moveBetweenNotes(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const focused = document.activeElement;
  if (step === 0 || !(focused instanceof HTMLElement) || focused.closest('textarea, input, [role="menu"]') !== null)
    return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('.opens-note, .note.is-open, .is-line button')];
  const at = stops.findIndex((stop) => stop === focused || stop.contains(focused));
  const next = stops[at + step];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
