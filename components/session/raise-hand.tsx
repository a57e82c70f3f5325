'use client';

import { Hand } from 'lucide-react';
import { useState } from 'react';
import { HAND_NOTE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { useRoom, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { TextField } from '#components/ui/text-field.tsx';

/** A hand up, with a word on what about if one wishes; the same button takes it down. */
export function RaiseHand() {
  const room = useRoom();
  const { session, you } = useRoomState();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const raised = session?.hands.some(({ member }) => member === you) ?? false;
  if (raised) {
    return (
      <Button aria-pressed size="small" onClick={() => void room.send({ kind: 'hand.raise', raised: false, note: '' })}>
        <Icon of={Hand} /> Lower hand
      </Button>
    );
  }
  const raise = () => {
    void room.send({ kind: 'hand.raise', raised: true, note });
    setNote('');
    setOpen(false);
  };
  return (
    <Popover
      label="Raise your hand"
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" aria-label="Raise hand">
          <Icon of={Hand} /> <span className="hand-word">Raise hand</span>
        </Button>
      }
    >
      <form
        className="hand-form"
        onSubmit={(event) => {
          event.preventDefault();
          raise();
        }}
      >
        <TextField
          label="What about, if you like"
          value={note}
          maxLength={HAND_NOTE_MAX_CHARS}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button kind="primary" type="submit">
          Raise hand
        </Button>
      </form>
    </Popover>
  );
}
