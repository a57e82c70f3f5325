'use client';

import { Ear, MicOff, Mic, Pencil, UserCog, UserMinus, UserPlus } from 'lucide-react';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { useMe, useRoomState } from './room-provider.tsx';
import { useAct } from './use-act.ts';

/** Whether the rules would let one member act on another: never on the host, and on co-hosts only the host. */
export const mayActOn = (me: Member, member: Member): boolean =>
  canModerate(me.role) &&
  member.id !== me.id &&
  member.role !== 'host' &&
  (me.role === 'host' || member.role !== 'cohost');

interface MemberModerationProps {
  member: Member;
  name: string;
  /** Asked before it is done: `RemoveMemberDialog` stands outside of the menu, which closes. */
  onRemove: () => void;
}

/** The items of a menu about one person. Each takes effect at once on that person's page. */
export function MemberModeration({ member, name, onRemove }: MemberModerationProps) {
  const me = useMe();
  const act = useAct();
  if (member.removed) {
    return (
      <MenuItem icon={UserPlus} onClick={() => void act({ kind: 'member.readmit', member: member.id })}>
        Let {name} in again
      </MenuItem>
    );
  }
  const isCohost = member.role === 'cohost';
  const listens = member.role === 'listener';
  return (
    <>
      {me.role === 'host' ? (
        <MenuItem
          icon={UserCog}
          onClick={() => void act({ kind: 'member.role', member: member.id, role: isCohost ? 'reader' : 'cohost' })}
        >
          {isCohost ? `Make ${name} a reader` : `Make ${name} a co-host`}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={member.muted ? Mic : MicOff}
        onClick={() => void act({ kind: 'member.mute', member: member.id, muted: !member.muted })}
      >
        {member.muted ? `Let ${name} write again` : `Mute ${name}`}
      </MenuItem>
      {isCohost ? null : (
        <MenuItem
          icon={listens ? Pencil : Ear}
          onClick={() => void act({ kind: 'member.role', member: member.id, role: listens ? 'reader' : 'listener' })}
        >
          {listens ? `Make ${name} a reader` : `Make ${name} a listener`}
        </MenuItem>
      )}
      <MenuItem icon={UserMinus} calls onClick={onRemove}>
        Remove {name}…
      </MenuItem>
    </>
  );
}

interface RemoveMemberDialogProps {
  member: Member;
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RemoveMemberDialog({ member, name, open, onOpenChange }: RemoveMemberDialogProps) {
  const act = useAct();
  const { room } = useRoomState();
  return (
    <Dialog title={`Remove ${name}?`} open={open} onOpenChange={onOpenChange}>
      <p className="body">
        {name} is put out of {room.title} at once, on every device, and cannot come back until a host allows it. What{' '}
        {name} wrote stays.
      </p>
      <p className="acts">
        <Button
          kind="lectern"
          onClick={() => {
            void act({ kind: 'member.remove', member: member.id });
            onOpenChange(false);
          }}
        >
          Remove
        </Button>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
      </p>
    </Dialog>
  );
}
