'use client';

import { useState } from 'react';
import { useMe } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Face, whoStyle } from '#components/ui/face.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { initialsSchema, inks, nameSchema } from '#shared/records/member.ts';
import { inkProperty } from '#components/room/member-face.tsx';
import { useAct } from '#components/room/use-act.ts';

interface MeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** How the room sees oneself: name, monogram, ink. */
export function MeDialog({ open, onOpenChange }: MeDialogProps) {
  return (
    <Dialog title="You in this room" open={open} onOpenChange={onOpenChange}>
      <MeForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function MeForm({ onDone }: { onDone: () => void }) {
  const me = useMe();
  const act = useAct();
  const [name, setName] = useState(me.name);
  const [initials, setInitials] = useState(me.initials);
  const [ink, setInk] = useState(me.ink);
  const [wrong, setWrong] = useState<{ name?: boolean; initials?: boolean }>({});

  const keep = async () => {
    const parsedName = nameSchema.safeParse(name);
    const parsedInitials = initialsSchema.safeParse(initials);
    setWrong({ name: !parsedName.success, initials: !parsedInitials.success });
    if (!parsedName.success || !parsedInitials.success) return;
    const done = await act({ kind: 'self.describe', name: parsedName.data, initials: parsedInitials.data, ink });
    if (done) onDone();
  };

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div className="ticket-row">
        <Face initials={initials} ink={inkProperty(ink)} size="large" ring={me.role === 'host'} />
        <TextField
          className="flex-1"
          label="Your name in this room"
          value={name}
          autoComplete="nickname"
          onChange={(event) => setName(event.target.value)}
          bad={wrong.name ?? false}
          say={wrong.name ? '1 to 60 characters.' : undefined}
        />
        <TextField
          className="w-20"
          label="Monogram"
          value={initials}
          autoComplete="off"
          onChange={(event) => setInitials(event.target.value)}
          bad={wrong.initials ?? false}
          say={wrong.initials ? 'One or two.' : undefined}
        />
      </div>
      <div className="ticket-inks" role="radiogroup" aria-label="Your ink">
        <span className="caption">Your ink</span>
        {inks.map((one) => (
          <label key={one} className="inkdot" style={whoStyle(inkProperty(one))} title={one}>
            <input type="radio" name="ink" aria-label={one} checked={one === ink} onChange={() => setInk(one)} />
          </label>
        ))}
      </div>
      <div className="acts">
        <Button type="submit" kind="primary">
          Keep
        </Button>
      </div>
    </form>
  );
}
