'use client';

import { Hand } from 'lucide-react';
import { useState } from 'react';
import { HAND_NOTE_MAX_CHARS } from '#shared/protocol/limits.ts';
import { useRoom, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/toast.tsx';

/** A hand up, with a word on what about if one wishes; the same button takes it down. */
export function RaiseHand() {
  const [open, setOpen] = useState(false);
  const raised = useIsRaised();
  return (
    <Popover
      label="Raise your hand"
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button className="hand-button" size="small" aria-pressed={raised}>
          <Icon of={Hand} /> {raised ? 'Your hand is up' : 'Raise hand'}
        </Button>
      }
    >
      <HandForm onDone={() => setOpen(false)} />
    </Popover>
  );
}

function useIsRaised(): boolean {
  const { session, you } = useRoomState();
  return session?.hands.some(({ member }) => member === you) ?? false;
}

export function HandForm({ onDone }: { onDone: () => void }) {
  const room = useRoom();
  const say = useToast();
  const raised = useIsRaised();
  const [note, setNote] = useState('');
  const ask = async (up: boolean) => {
    onDone();
    const ack = await room.send({ kind: 'hand.raise', raised: up, note: up ? note : '' });
    if (!ack.ok) say({ says: ack.message, calls: true });
  };
  if (raised) return <Button onClick={() => void ask(false)}>Lower your hand</Button>;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        void ask(true);
      }}
    >
      <TextField
        label="What about, if you like"
        plain
        value={note}
        maxLength={HAND_NOTE_MAX_CHARS}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button kind="primary" type="submit">
        <Icon of={Hand} /> Raise hand
      </Button>
    </form>
  );
}
