'use client';

import { Lock, SlidersHorizontal, Smartphone, UserPlus, UserPen, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ThemeMenu } from '#components/landing/theme-menu.tsx';
import { useMe, useMembers, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Faces } from '#components/ui/face.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import type { InviteRole } from '#shared/protocol/http.ts';
import { canModerate } from '#shared/records/roles.ts';
import { DevicesDialog } from './devices-dialog.tsx';
import { faceOf } from '#components/room/member-face.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MeDialog } from './me-dialog.tsx';
import { PeopleDialog } from './people-dialog.tsx';

type Open = 'me' | 'people' | 'devices' | null;

/** The room's title, who is here, and what one can do about the room and oneself. */
export function RoomHead({ invites }: { invites: Partial<Record<InviteRole, string>> | null }) {
  const { room } = useRoomState();
  const members = useMembers();
  const presence = usePresence();
  const me = useMe();
  const [open, setOpen] = useState<Open>(null);
  const present = [...presence.keys()].flatMap((id) => members.get(id) ?? []);
  const here = present.length > 0 ? present : [me];
  const shut = (next: boolean) => setOpen(next ? open : null);
  return (
    <header className="roomhead wide">
      <div>
        <p className="sc quiet">
          <Link className="bare" href="/">
            Reading room
          </Link>
          {room.locked ? (
            <>
              {' '}
              <Icon of={Lock} /> locked
            </>
          ) : null}
        </p>
        <h1>
          <bdi>{room.title}</bdi>
        </h1>
      </div>
      <div className="roomhead-right">
        <button
          type="button"
          className="who-is-here"
          aria-label={`${here.length} here now. Everyone in the room`}
          onClick={() => setOpen('people')}
        >
          <Faces faces={here.map((member) => faceOf(member, member.name, member.role === 'host'))} />
        </button>
        {invites && canModerate(me.role) ? (
          <InviteDialog
            invites={invites}
            trigger={
              <Button>
                <Icon of={UserPlus} /> Invite
              </Button>
            }
          />
        ) : null}
        <ThemeMenu />
        <Menu trigger={<IconButton icon={SlidersHorizontal} label="Room and you" />}>
          <MenuItem icon={Users} onClick={() => setOpen('people')}>
            Everyone in the room
          </MenuItem>
          <MenuItem icon={UserPen} onClick={() => setOpen('me')}>
            Your name and ink
          </MenuItem>
          <MenuItem icon={Smartphone} onClick={() => setOpen('devices')}>
            Use on another device
          </MenuItem>
        </Menu>
      </div>
      <PeopleDialog open={open === 'people'} onOpenChange={shut} />
      <MeDialog open={open === 'me'} onOpenChange={shut} />
      <DevicesDialog open={open === 'devices'} onOpenChange={shut} />
    </header>
  );
}
