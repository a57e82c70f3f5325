'use client';

import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Unsaved } from '#components/room/margin-provider.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { Time } from '#components/ui/time.tsx';
import { colourMeanings } from '#shared/records/colours.ts';
import { usePeople } from './people.tsx';
import { isPrivate, type NoteRecord } from './records.ts';
import { SaveState } from './save-state.tsx';

interface NoteHeadProps {
  note: NoteRecord;
  state: Unsaved | 'saved' | null;
  /** Opens the thread; then the author's name is the button. */
  onOpen?: () => void;
  openLabel?: string;
  tools?: ReactNode;
}

/** Who, when, changed since, and in which ink; or, for one's own private notes, that they are in pencil. */
export function NoteHead({ note, state, onOpen, openLabel, tools }: NoteHeadProps) {
  const people = usePeople();
  const { record } = note;
  const author = people.member(record.author);
  const pencilled = isPrivate(note);
  const name = pencilled ? (
    <>
      <Icon of={Pencil} /> In pencil
    </>
  ) : (
    people.name(record.author)
  );
  const nameClass = pencilled ? 'quiet' : 'who';
  const nameStyle = author === null ? undefined : whoStyle(`--p-${author.ink}`);
  return (
    <header>
      {author?.role === 'host' && !pencilled ? <Manicule /> : null}
      {onOpen ? (
        <button
          type="button"
          className={`${nameClass} opens-note`}
          style={nameStyle}
          onClick={onOpen}
          aria-label={openLabel}
          data-line=""
        >
          {name}
        </button>
      ) : (
        <b className={nameClass} style={nameStyle} data-line="">
          {name}
        </b>
      )}
      {state === null || state === 'saved' ? <Time at={record.createdAt} /> : null}
      {record.editedAt !== null && state === null ? (
        <span className="meta" title={new Date(record.editedAt).toLocaleString()}>
          edited
        </span>
      ) : null}
      <span className="what">
        {state === null ? <Ink note={note} /> : <SaveState state={state} />}
        {tools}
      </span>
    </header>
  );
}

function Ink({ note }: { note: NoteRecord }) {
  if (note.kind === 'reply') return null;
  if (isPrivate(note)) return <span className="meta">only you</span>;
  if (note.record.anchor === null) return null;
  return <span className={`ink ${note.record.colour}`}>{colourMeanings[note.record.colour]}</span>;
}
