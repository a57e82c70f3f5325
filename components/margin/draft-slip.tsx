'use client';

import { Check, ChevronDown, Pencil, Users } from 'lucide-react';
import { type Draft, useReading } from '#components/reader/reading-context.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { DRAFT_ENTRY } from './column-cards.ts';
import { Composer } from './composer.tsx';
import { InkPicker } from './ink-picker.tsx';
import { usePeople, whyNotWriting } from './people.tsx';

interface DraftSlipProps {
  draft: Draft;
  className: string;
}

/** A comment being begun on a passage: ink, words, and who will read them. */
export function DraftSlip({ draft, className }: DraftSlipProps) {
  const client = useRoom();
  const people = usePeople();
  const { chapter, setDraft, choose } = useReading();
  const why = whyNotWriting(people);
  // Who may not write for others may still keep notes in pencil.
  const visibility = why === null ? draft.visibility : 'private';
  const { passage, colour } = draft;
  const place =
    passage === null
      ? 'talk'
      : `${passage.start.block}.${passage.start.offset}-${passage.end.block}.${passage.end.offset}`;
  const send = (body: string) => {
    const id = newId<AnnotationId>();
    void client.send({
      kind: 'annotation.create',
      annotation: id,
      chapter: chapter.id,
      passage,
      hash: chapter.hash,
      colour,
      body,
      visibility,
    });
    setDraft(null);
    if (passage !== null) choose(id);
  };
  return (
    <article
      className={`${className} ${visibility === 'private' ? 'graphite-note' : colour}`}
      data-entry={DRAFT_ENTRY}
      aria-label="New note"
      style={whoStyle(`--p-${people.me.ink}`)}
    >
      <div className="thread">
        <div className="entry">
          <header>
            <b className={visibility === 'private' ? 'quiet' : 'who'} data-line="">
              {visibility === 'private' ? (
                <>
                  <Icon of={Pencil} /> In pencil
                </>
              ) : (
                people.name(people.me.id)
              )}
            </b>
            <span className="what">{visibility === 'private' ? <span className="meta">only you</span> : null}</span>
          </header>
          {visibility === 'private' ? null : (
            <InkPicker value={colour} onChange={(next) => setDraft({ ...draft, colour: next })} />
          )}
        </div>
      </div>
      <Composer
        draftKey={`new:${chapter.id}:${place}`}
        label={passage === null ? 'Say something about the chapter' : 'Your note'}
        action={visibility === 'private' ? 'Keep' : 'Comment'}
        focused
        onCancel={() => setDraft(null)}
        onSend={send}
        writingIn={passage === null && visibility === 'room' ? 'chapter' : null}
      >
        {why === null ? (
          <Audience visibility={visibility} onChange={(next) => setDraft({ ...draft, visibility: next })} />
        ) : (
          <p className="caption">{why}</p>
        )}
      </Composer>
    </article>
  );
}

interface AudienceProps {
  visibility: Draft['visibility'];
  onChange: (visibility: Draft['visibility']) => void;
}

function Audience({ visibility, onChange }: AudienceProps) {
  const { room } = usePeople();
  const everyone = `Everyone in ${room.title}`;
  const onlyMe = visibility === 'private';
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="to" aria-label={`Who reads it: ${onlyMe ? 'Only me' : everyone}`}>
          <Icon of={onlyMe ? Pencil : Users} /> {onlyMe ? 'Only me' : everyone} <Icon of={ChevronDown} />
        </button>
      }
    >
      <MenuItem icon={onlyMe ? Users : Check} onClick={() => onChange('room')}>
        {everyone}
      </MenuItem>
      <MenuItem icon={onlyMe ? Check : Pencil} onClick={() => onChange('private')}>
        Only me
      </MenuItem>
    </Menu>
  );
}
