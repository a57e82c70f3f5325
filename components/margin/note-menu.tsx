'use client';

import { Copy, Ellipsis, Eye, EyeOff, Feather, Link, Palette, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sendToPad } from '#components/pad/send-to-pad.ts';
import { copyText } from '#components/ui/copy-text.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { mayActOn, MemberModeration, RemoveMemberDialog } from '#components/room/member-moderation.tsx';
import { useAct } from '#components/room/use-act.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Member } from '#shared/records/member.ts';
import { useDesk } from './desk.tsx';
import { usePeople, whyNotWriting } from './people.tsx';
import { isPrivate, type NoteRecord } from './records.ts';

interface NoteMenuProps {
  note: NoteRecord;
  onEdit: () => void;
  onChangeInk?: () => void;
}

/** Everything that can be done with one note: by anyone, by its author, by host and co-hosts. */
export function NoteMenu({ note, onEdit, onChangeInk }: NoteMenuProps) {
  const room = useRoom();
  const people = usePeople();
  const { book, chapter, chosen, choose } = useReading();
  const { hiddenWords } = useDesk();
  const say = useToast();
  const [removing, setRemoving] = useState(false);
  const { record, id } = note;
  const mine = record.author === people.me.id;
  const author = people.member(record.author);
  const mayWrite = isPrivate(note) || whyNotWriting(people) === null;
  const words = record.body || (hiddenWords.get(id) ?? '');

  const copy = async (text: string, says: string) => {
    const copied = await copyText(text);
    say(copied ? { says } : { says: 'This browser would not copy.', calls: true });
  };
  const takeBack = () => {
    if (note.kind === 'annotation') {
      void room.send({ kind: 'annotation.delete', annotation: note.id });
      if (chosen === note.id) choose(null);
      const says = words === '' ? 'Highlight taken back.' : 'Note deleted.';
      say({ says, undo: () => void room.send({ kind: 'annotation.undelete', annotation: note.id }) });
    } else {
      void room.send({ kind: 'reply.delete', reply: note.id });
      say({ says: 'Reply deleted.', undo: () => void room.send({ kind: 'reply.undelete', reply: note.id }) });
    }
  };
  const thread = note.kind === 'annotation' ? note.id : note.record.annotation;
  // A passage of an earlier revision of the text may have other words by now.
  const anchor = note.kind === 'annotation' ? note.record.anchor : null;
  const passage = anchor?.hash === chapter.hash ? { start: anchor.start, end: anchor.end } : null;
  const address = () => `${location.origin}${location.pathname}#note-${thread}`;

  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={`More about ${people.name(record.author)}’s note`}
            small
            className="more-of-note"
          />
        }
      >
        {mine && mayWrite && !record.deleted && !record.hidden ? (
          <MenuItem icon={Pencil} onClick={onEdit}>
            {record.body === '' ? 'Add a comment' : 'Edit'}
          </MenuItem>
        ) : null}
        {mine && mayWrite && onChangeInk && !record.deleted && !record.hidden ? (
          <MenuItem icon={Palette} onClick={onChangeInk}>
            Change the ink
          </MenuItem>
        ) : null}
        <MenuItem icon={Link} onClick={() => void copy(address(), 'Link copied.')}>
          Copy link to note
        </MenuItem>
        {words === '' ? null : (
          <MenuItem icon={Copy} onClick={() => void copy(words, 'Copied.')}>
            Copy the words
          </MenuItem>
        )}
        {passage === null || whyNotWriting(people) !== null ? null : (
          <MenuItem
            icon={Feather}
            onClick={() => void sendToPad(people.room.id, book.id, chapter.id, passage).then(say)}
          >
            Send the passage to the pad
          </MenuItem>
        )}
        {mine && !record.deleted ? (
          <MenuItem icon={Trash2} calls onClick={takeBack}>
            {words === '' && note.kind === 'annotation' ? 'Take the highlight back' : 'Delete'}
          </MenuItem>
        ) : null}
        {people.moderates && !isPrivate(note) ? (
          <>
            <MenuSeparator />
            <Moderation note={note} author={author} onRemove={() => setRemoving(true)} />
          </>
        ) : null}
      </Menu>
      {author === null ? null : (
        <RemoveMemberDialog member={author} name={people.name(author.id)} open={removing} onOpenChange={setRemoving} />
      )}
    </>
  );
}

function Moderation({ note, author, onRemove }: { note: NoteRecord; author: Member | null; onRemove: () => void }) {
  const people = usePeople();
  const act = useAct();
  const { record, id } = note;
  return (
    <>
      {record.hidden ? (
        <MenuItem icon={Eye} onClick={() => void act({ kind: 'record.restore', target: id })}>
          Restore
        </MenuItem>
      ) : record.deleted ? null : (
        <MenuItem icon={EyeOff} onClick={() => void act({ kind: 'record.hide', target: id })}>
          Hide from the room
        </MenuItem>
      )}
      {author !== null && !author.removed && mayActOn(people.me, author) ? (
        <MemberModeration member={author} name={people.name(author.id)} onRemove={onRemove} />
      ) : null}
    </>
  );
}
