'use client';

import { DoorOpen, Ear, Ellipsis, MessageSquareOff, MessageSquare, UserCog, UserMinus, UserPen } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { Member } from '#shared/records/member.ts';
import { useAct } from './use-act.ts';

interface PersonMenuProps {
  member: Member;
  name: string;
  /** Only the host makes and unmakes co-hosts. */
  mayChangeCohosts: boolean;
}

/** What a host or co-host can do about one person; each takes effect at once on that person's page. */
export function PersonMenu({ member, name, mayChangeCohosts }: PersonMenuProps) {
  const act = useAct();
  const is = (role: Member['role']) => member.role === role;
  if (is('cohost') && !mayChangeCohosts) return null;
  const make = (role: 'cohost' | 'reader' | 'listener') => void act({ kind: 'member.role', member: member.id, role });
  return (
    <Menu trigger={<IconButton icon={Ellipsis} small label={`${name}: more`} />}>
      {member.removed ? (
        <MenuItem icon={DoorOpen} onClick={() => void act({ kind: 'member.readmit', member: member.id })}>
          Let in again
        </MenuItem>
      ) : (
        <>
          {is('listener') ? null : (
            <MenuItem icon={Ear} onClick={() => make('listener')}>
              Make a listener
            </MenuItem>
          )}
          {is('reader') ? null : (
            <MenuItem icon={UserPen} onClick={() => make('reader')}>
              Make a reader
            </MenuItem>
          )}
          {is('cohost') || !mayChangeCohosts ? null : (
            <MenuItem icon={UserCog} onClick={() => make('cohost')}>
              Make a co-host
            </MenuItem>
          )}
          <MenuItem
            icon={member.muted ? MessageSquare : MessageSquareOff}
            onClick={() => void act({ kind: 'member.mute', member: member.id, muted: !member.muted })}
          >
            {member.muted ? 'Let write again' : 'Mute'}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={UserMinus} calls onClick={() => void act({ kind: 'member.remove', member: member.id })}>
            Remove from the room
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
