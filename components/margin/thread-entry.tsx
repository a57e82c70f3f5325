'use client';

import { type ReactNode, useState } from 'react';
import { useRoom } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { useDesk } from './desk.tsx';
import { Composer } from './composer.tsx';
import { InkPicker } from './ink-picker.tsx';
import { NoteBody } from './note-body.tsx';
import { NoteHead } from './note-head.tsx';
import { useAct } from '#components/room/use-act.ts';
import { NoteMenu } from './note-menu.tsx';
import { usePeople } from './people.tsx';
import { AddReaction, ReactionRow } from './reaction-row.tsx';
import { isPrivate, type NoteRecord } from './records.ts';
import { NotTaken, useSaveState } from './save-state.tsx';

/** One note or reply inside an open thread: its words, signs and tools, or the composer while it is being changed. */
export function ThreadEntry({ note, tools }: { note: NoteRecord; tools?: ReactNode }) {
  const room = useRoom();
  const people = usePeople();
  const state = useSaveState(note.id);
  const [changing, setChanging] = useState<'words' | 'ink' | null>(null);
  const { record } = note;
  const refused = state !== null && state !== 'saved' && state.state === 'refused';

  const edit = (words: string) => {
    if (note.kind === 'reply') void room.send({ kind: 'reply.edit', reply: note.id, body: words });
    else void room.send({ kind: 'annotation.edit', annotation: note.id, body: words, colour: note.record.colour });
    setChanging(null);
  };
  const bare = note.kind === 'annotation' && record.body === '' && !record.deleted && !record.hidden;
  const wet = state !== null && state !== 'saved';

  return (
    <div className={wet ? 'entry wet' : 'entry'}>
      <NoteHead
        note={note}
        state={state}
        tools={
          <span className="thread-tools">
            {note.kind === 'reply' && !record.deleted && !record.hidden ? <AddReaction target={note.id} /> : null}
            <NoteMenu
              note={note}
              onEdit={() => setChanging('words')}
              {...(note.kind === 'annotation' && note.record.anchor !== null && !isPrivate(note)
                ? { onChangeInk: () => setChanging('ink') }
                : {})}
            />
            {tools}
          </span>
        }
      />
      {changing === 'words' ? (
        <Composer
          draftKey={`edit:${note.id}`}
          label={note.kind === 'reply' ? 'Your reply' : 'Your note'}
          action="Save"
          initial={record.body}
          mayBeEmpty={note.kind === 'annotation' && note.record.anchor !== null}
          focused
          onCancel={() => setChanging(null)}
          onSend={edit}
        />
      ) : (
        <EntryWords note={note} />
      )}
      {changing === 'ink' && note.kind === 'annotation' ? (
        <InkPicker
          value={note.record.colour}
          onChange={(colour) => {
            void room.send({ kind: 'annotation.edit', annotation: note.id, body: record.body, colour });
            setChanging(null);
          }}
        />
      ) : null}
      {bare && record.author === people.me.id && changing === null ? (
        <Button kind="plain" size="small" className="add-comment" onClick={() => setChanging('words')}>
          Add a comment
        </Button>
      ) : null}
      {refused ? <NotTaken unsaved={state} /> : null}
      {record.deleted || record.hidden || isPrivate(note) ? null : (
        <ReactionRow target={note.id} quiet={note.kind === 'reply'} />
      )}
    </div>
  );
}

/** The words, or what stands in their place: deleted, or hidden by a host (who still reads them and can restore them). */
export function EntryWords({ note, clamped = false }: { note: NoteRecord; clamped?: boolean }) {
  const people = usePeople();
  const { hiddenWords } = useDesk();
  const act = useAct();
  const { record } = note;
  if (record.deleted) return <p className="quiet">deleted</p>;
  if (record.hidden) {
    const words = hiddenWords.get(note.id);
    return (
      <>
        <p className="quiet">
          Hidden by a host.{' '}
          {people.moderates ? (
            <button
              type="button"
              className="link"
              onClick={() => void act({ kind: 'record.restore', target: note.id })}
            >
              Restore
            </button>
          ) : null}
        </p>
        {words === undefined || words === '' ? null : (
          <div className="hidden-words">
            <NoteBody source={words} />
          </div>
        )}
      </>
    );
  }
  if (record.body === '') return clamped ? null : <p className="quiet">A highlight, without words.</p>;
  return clamped ? (
    <div className="clamped">
      <NoteBody source={record.body} />
    </div>
  ) : (
    <NoteBody source={record.body} />
  );
}
