'use client';

import { Ellipsis, LocateFixed } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '#shared/records/member.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { mayActOn, MemberModeration, RemoveMemberDialog } from './member-moderation.tsx';
import { useMe } from './room-provider.tsx';

interface MemberMenuProps {
  member: Member;
  name: string;
  /** Goes to where the member reads; left out where nobody knows. */
  onGoTo?: (() => void) | undefined;
}

/** What can be done about one person from a list of people; nothing is shown when there is nothing. */
export function MemberMenu({ member, name, onGoTo }: MemberMenuProps) {
  const me = useMe();
  const [removing, setRemoving] = useState(false);
  const moderates = mayActOn(me, member);
  if (!moderates && onGoTo === undefined) return null;
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} small label={`${name}: more`} />}>
        {onGoTo ? (
          <MenuItem icon={LocateFixed} onClick={onGoTo}>
            Go to where {name} reads
          </MenuItem>
        ) : null}
        {moderates && onGoTo ? <MenuSeparator /> : null}
        {moderates ? <MemberModeration member={member} name={name} onRemove={() => setRemoving(true)} /> : null}
      </Menu>
      <RemoveMemberDialog member={member} name={name} open={removing} onOpenChange={setRemoving} />
    </>
  );
}
