'use client';

import { type MouseEvent, memo } from 'react';
import { whoStyle } from '#components/ui/face.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { useReactions } from './desk.tsx';
import { EmojiSign, emojiWord } from './emoji.tsx';
import { NoteHead } from './note-head.tsx';
import { usePeople } from './people.tsx';
import { asNote, isPrivate } from './records.ts';
import { NotTaken, useSaveState } from './save-state.tsx';
import { counted } from './sentences.ts';
import { EntryWords } from './thread-entry.tsx';
import { threadLabel } from './thread-view.tsx';
import type { Thread } from './threads.ts';

interface NoteCardProps {
  thread: Thread;
  onOpen: (thread: Thread, byKeyboard: boolean) => void;
  /** It came just now and settles into its place. */
  arrives?: boolean;
}

const SIGNS_SHOWN = 3;

/** A note at rest: plain, under a short tide line in its person's ink, with a count of what hangs on it. */
export const NoteCard = memo(function NoteCard({ thread, onOpen, arrives = false }: NoteCardProps) {
  const people = usePeople();
  const { annotation, replies } = thread;
  const note = asNote(annotation);
  const state = useSaveState(annotation.id);
  const author = people.member(annotation.author);
  const unsaved = state !== null && state !== 'saved' ? state : null;
  const openByMouse = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button') !== null) return;
    if (getSelection()?.isCollapsed === false) return;
    onOpen(thread, false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the author's name is the button for keyboards; the rest of the card only widens it for pointers
    <article
      className={classNames(
        'note',
        author?.role === 'host' && 'is-host',
        isPrivate(note) && 'is-mine',
        unsaved !== null && 'wet',
        arrives && 'arrives',
      )}
      aria-label={threadLabel(thread, people)}
      data-entry={annotation.id}
      style={author === null || isPrivate(note) ? undefined : whoStyle(`--p-${author.ink}`)}
      onClick={openByMouse}
    >
      <NoteHead
        note={note}
        state={state}
        onOpen={() => onOpen(thread, true)}
        openLabel={`${threadLabel(thread, people)}, open the thread`}
      />
      <EntryWords note={note} clamped />
      {unsaved?.state === 'refused' ? (
        <NotTaken unsaved={unsaved} />
      ) : (
        <Hanging thread={thread} replies={replies.length} />
      )}
    </article>
  );
});

function Hanging({ thread, replies }: { thread: Thread; replies: number }) {
  const reactions = Object.entries(useReactions(thread.annotation.id));
  if (replies === 0 && reactions.length === 0) return null;
  return (
    <footer>
      {reactions.slice(0, SIGNS_SHOWN).map(([emoji, members]) => (
        <span key={emoji} title={emojiWord(emoji)}>
          <span className="vh">{emojiWord(emoji)} </span>
          <EmojiSign emoji={emoji} /> {members.length}
        </span>
      ))}
      {replies > 0 ? <span>{counted(replies, 'reply', 'replies')}</span> : null}
    </footer>
  );
}
