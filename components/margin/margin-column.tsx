'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { Faces } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import type { MemberId } from '#shared/records/ids.ts';
import { CardMaker, DRAFT_ENTRY, withDraft } from './column-cards.ts';
import { DraftSlip } from './draft-slip.tsx';
import { NoteCard } from './note-card.tsx';
import { usePeople } from './people.tsx';
import { counted } from './sentences.ts';
import { textLines } from './text-lines.ts';
import { ThreadView } from './thread-view.tsx';
import type { Thread } from './threads.ts';
import { type HeldArrivals, useArrivals } from './use-arrivals.ts';
import { type Column, useColumn } from './use-column.ts';
import type { OpenThread } from './use-open-thread.ts';

interface MarginColumnProps {
  notes: readonly Thread[];
  open: OpenThread | null;
}

/**
 * Notes beside the text, each at its words' baseline; the chosen one is a slip with a leader to its passage. On the page are
 * those near what is in sight, and always the chosen one, the one being begun and the one that has the keyboard.
 */
export function MarginColumn({ notes, open }: MarginColumnProps) {
  const { text, choose, draft, chapter } = useReading();
  const { synced, unsaved, reactions } = useMargin();
  const element = useRef<HTMLElement | null>(null);
  const leader = useRef<HTMLDivElement | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const openId = open?.thread.annotation.id ?? null;
  const arrivals = useArrivals(notes, openId);
  const lines = useMemo(() => textLines(chapter.blocks), [chapter.blocks]);

  const maker = useMemo(() => new CardMaker(lines), [lines]);
  const noteCards = useMemo(
    () =>
      maker.cardsOf(withOpen(notes, open), {
        isReactedTo: (id) => reactions.has(id),
        waits: (id) => arrivals.above.has(id),
        keeps: (id) => id === openId || unsaved.has(id) || unfolded.has(id),
      }),
    [maker, notes, open, openId, arrivals.above, unsaved, reactions, unfolded],
  );
  const draftPassage = draft?.passage ?? null;
  const cards = useMemo(() => withDraft(noteCards, draftPassage, lines), [noteCards, draftPassage, lines]);
  const pivot = draftPassage === null ? openId : DRAFT_ENTRY;
  const column = useColumn({ column: element, text, leader, standing: cards, lines, pivot });

  const openNote = useCallback(
    (thread: Thread, byKeyboard: boolean) => choose(thread.annotation.id, { focus: byKeyboard }),
    [choose],
  );
  const unfold = (threads: readonly Thread[]) => {
    column.letMove();
    setUnfolded(new Set([...unfolded, ...threads.map(({ annotation }) => annotation.id)]));
  };
  const show: HeldArrivals['show'] = (side) => {
    column.letMove();
    arrivals.show(side);
  };
  const ink = draft === null ? open?.thread.annotation : null;
  const leaderInk = ink ? (ink.visibility === 'private' ? 'graphite' : ink.colour) : (draft?.colour ?? '');

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys only move between the buttons inside
    <aside
      className="margin"
      aria-label="Notes in the margin"
      ref={element}
      onKeyDown={(event) => moveBetweenNotes(event, column)}
    >
      {synced && notes.length === 0 && draft === null && open === null ? <EmptyMargin /> : null}
      {column.onPage.map((index) => {
        const card = cards[index];
        if (card === undefined || card.kind === 'draft') return null;
        if (card.kind === 'crowd') return <Crowd key={card.id} {...card} onUnfold={() => unfold(card.threads)} />;
        if (card.id === openId && open !== null && draft === null) {
          return <ThreadView key={card.id} thread={card.thread} gone={open.gone} className="note is-open" />;
        }
        return <NoteCard key={card.id} thread={card.thread} onOpen={openNote} arrives={arrivals.isFresh(card.id)} />;
      })}
      {draft !== null && draftPassage !== null ? <DraftSlip draft={draft} className="note is-open" /> : null}
      <div className={`leader ${leaderInk}`} ref={leader} hidden />
      <NewNotes above={arrivals.above} below={arrivals.below} onShow={show} />
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

interface CrowdProps {
  id: string;
  threads: readonly Thread[];
  sameBlock: boolean;
  onUnfold: () => void;
}

function Crowd({ id, threads, sameBlock, onUnfold }: CrowdProps) {
  const people = usePeople();
  const authors = new Map<MemberId, string>();
  for (const { annotation } of threads) authors.set(annotation.author, people.name(annotation.author));
  const faces = [...authors.keys()].slice(0, FACES_SHOWN).flatMap((author) => {
    const member = people.member(author);
    return member === null ? [] : [{ key: author, initials: member.initials, ink: `--p-${member.ink}` as const }];
  });
  return (
    <div className="note is-line" data-entry={id}>
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
function moveBetweenNotes(event: KeyboardEvent<HTMLElement>, { focusFrom }: Column): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const focused = document.activeElement;
  if (step === 0 || !(focused instanceof HTMLElement) || focused.closest('textarea, input, [role="menu"]') !== null)
    return;
  const entry = focused.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
  if (entry !== undefined && focusFrom(entry, step)) event.preventDefault();
}
