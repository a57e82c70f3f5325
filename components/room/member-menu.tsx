'use client';

import {
  Ear,
  Ellipsis,
  LocateFixed,
  MessageSquareOff,
  MessageSquareText,
  Pencil,
  UserCog,
  UserMinus,
  UserPlus,
} from 'lucide-react';
import { useState } from 'react';
import { canModerate, type Member } from '#shared/records/member.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Wish } from './room-client.ts';
import { useMe, useRoom } from './room-provider.tsx';

interface MemberMenuProps {
  member: Member;
  name: string;
  /** Goes to where the member reads; left out where nobody knows. */
  onGoTo?: (() => void) | undefined;
}

/** What host and co-hosts may do about one person; only what the rules will grant is offered. */
export function MemberMenu({ member, name, onGoTo }: MemberMenuProps) {
  const room = useRoom();
  const me = useMe();
  const say = useToast();
  const [removing, setRemoving] = useState(false);
  const mayModerate = canModerate(me.role) && member.id !== me.id && member.role !== 'host' && canActOn(me, member);
  if (!mayModerate && onGoTo === undefined) return null;

  const ask = async (wish: Wish, done: string) => {
    const ack = await room.send(wish);
    say(ack.ok ? { says: done } : { says: ack.message, calls: true });
  };

  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} small label={`${name}: more`} />}>
        {onGoTo ? (
          <MenuItem icon={LocateFixed} onClick={onGoTo}>
            Go to where they read
          </MenuItem>
        ) : null}
        {mayModerate && onGoTo ? <MenuSeparator /> : null}
        {mayModerate && member.removed ? (
          <MenuItem
            icon={UserPlus}
            onClick={() => void ask({ kind: 'member.readmit', member: member.id }, `${name} may come in again.`)}
          >
            Let in again
          </MenuItem>
        ) : null}
        {mayModerate && !member.removed ? (
          <>
            {me.role === 'host' ? (
              <MenuItem icon={UserCog} onClick={() => void ask(...coHosting(member, name))}>
                {member.role === 'cohost' ? 'No longer a co-host' : 'Make co-host'}
              </MenuItem>
            ) : null}
            <MenuItem
              icon={member.muted ? MessageSquareText : MessageSquareOff}
              onClick={() => void ask(...muting(member, name))}
            >
              {member.muted ? 'Let them write again' : 'Mute in the margin'}
            </MenuItem>
            {member.role === 'cohost' ? null : (
              <MenuItem
                icon={member.role === 'listener' ? Pencil : Ear}
                onClick={() => void ask(...listening(member, name))}
              >
                {member.role === 'listener' ? 'Make a reader' : 'Make a listener'}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem icon={UserMinus} calls onClick={() => setRemoving(true)}>
              Remove from the room…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <Dialog title={`Remove ${name}?`} open={removing} onOpenChange={setRemoving}>
        <p>
          They leave at once, on every device, and cannot come back until you let them in. Their notes stay with the
          room.
        </p>
        <div className="dialog-acts">
          <Button onClick={() => setRemoving(false)}>Keep them</Button>
          <Button
            kind="lectern"
            onClick={() => {
              setRemoving(false);
              void ask({ kind: 'member.remove', member: member.id }, `${name} has been removed.`);
            }}
          >
            Remove
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** Co-hosts are the host's to judge. */
const canActOn = (me: Member, member: Member): boolean => me.role === 'host' || member.role !== 'cohost';

const coHosting = (member: Member, name: string): [Wish, string] =>
  member.role === 'cohost'
    ? [{ kind: 'member.role', member: member.id, role: 'reader' }, `${name} is a reader now.`]
    : [{ kind: 'member.role', member: member.id, role: 'cohost' }, `${name} is a co-host now.`];

const muting = (member: Member, name: string): [Wish, string] => [
  { kind: 'member.mute', member: member.id, muted: !member.muted },
  member.muted ? `${name} can write again.` : `${name} is muted.`,
];

const listening = (member: Member, name: string): [Wish, string] =>
  member.role === 'listener'
    ? [{ kind: 'member.role', member: member.id, role: 'reader' }, `${name} is a reader now.`]
    : [{ kind: 'member.role', member: member.id, role: 'listener' }, `${name} listens now.`];
